// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.util.Locale;

/**
 * The first line of a Matrix Market file.
 *
 * @param array whether all values follow column by column, else triplets of row, column and value
 * @param field what a value is
 * @param symmetry what the stored part says of the rest
 */
record MatrixMarketHeader(boolean array, Field field, Symmetry symmetry) {
    /** Kinds of values. */
    enum Field {
        REAL,
        DOUBLE,
        INTEGER,
        COMPLEX,
        PATTERN
    }

    /** What the entries above the diagonal are. */
    enum Symmetry {
        GENERAL,
        SYMMETRIC,
        SKEW_SYMMETRIC,
        HERMITIAN
    }

    /**
     * Reads the line.
     *
     * @throws IllegalArgumentException with one sentence if it is none
     */
    static MatrixMarketHeader parse(String line) {
        String[] words = line.toLowerCase(Locale.ROOT).split("\\s+", 0);
        if (words.length != 5 || !words[0].equals("%%matrixmarket") || !words[1].equals("matrix")) {
            throw new IllegalArgumentException("a Matrix Market file begins with '%%MatrixMarket matrix coordinate real"
                    + " general' or the like, but this line is '" + shortened(line) + "'.");
        }
        if (!words[2].equals("array") && !words[2].equals("coordinate")) {
            throw new IllegalArgumentException(
                    "the layout must be 'coordinate' or 'array', but is '" + words[2] + "'.");
        }
        boolean array = words[2].equals("array");
        Field field = constant(Field.class, words[3], "values must be real, integer, complex or pattern");
        Symmetry symmetry = constant(
                Symmetry.class,
                words[4].replace('-', '_'),
                "the symmetry must be general, symmetric, skew-symmetric or hermitian");
        if (array && field == Field.PATTERN) {
            throw new IllegalArgumentException("a pattern has no values, so it cannot be an array.");
        }
        if (symmetry == Symmetry.HERMITIAN && field != Field.COMPLEX) {
            throw new IllegalArgumentException(
                    "a hermitian matrix has complex values, but these are " + words[3] + ".");
        }
        return new MatrixMarketHeader(array, field, symmetry);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word, String rule) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(rule + ", but are '" + word + "'.");
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    boolean complex() {
        return field == Field.COMPLEX;
    }

    /** The first row that is stored of a column. */
    int firstRow(int column) {
        return switch (symmetry) {
            case GENERAL -> 0;
            case SYMMETRIC, HERMITIAN -> column;
            case SKEW_SYMMETRIC -> column + 1;
        };
    }
}
