// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;

/** The way from a pattern to its transpose. Immutable. */
public final class Transposition {
    private final Pattern pattern;
    private final int[] source;

    private Transposition(Pattern pattern, int[] source) {
        this.pattern = pattern;
        this.source = source;
    }

    static Transposition of(Pattern original) {
        int[] columns = original.columns();
        int width = original.columnCount();
        int height = original.rows();
        int[] start = new int[width + 1];
        for (int column : columns) {
            start[column + 1]++;
        }
        for (int j = 0; j < width; j++) {
            start[j + 1] += start[j];
        }
        int[] next = Arrays.copyOf(start, width);
        int[] rows = new int[columns.length];
        int[] source = new int[columns.length];
        for (int i = 0; i < height; i++) {
            for (int k = original.rowStart()[i]; k < original.rowStart()[i + 1]; k++) {
                int position = next[columns[k]]++;
                rows[position] = i;
                source[position] = k;
            }
        }
        return new Transposition(new Pattern(width, height, start, rows), source);
    }

    /** The transposed pattern. */
    public Pattern pattern() {
        return pattern;
    }

    /** For every entry of the transposed pattern its position in the original one, to be read only. */
    public int[] source() {
        return source;
    }

    /** The values of the transposed matrix. */
    public double[] apply(double[] values) {
        double[] transposed = new double[source.length];
        for (int k = 0; k < source.length; k++) {
            transposed[k] = values[source[k]];
        }
        return transposed;
    }
}
