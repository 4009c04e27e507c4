// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

/**
 * Dense vectors of a file, the columns of a matrix.
 *
 * @param rows components of each vector; a complex one counts twice, real part first
 * @param width number of vectors
 * @param values (rows x width), row after row
 * @param complex whether components are pairs of real and imaginary parts
 */
public record StoredVectors(int rows, int width, double[] values, boolean complex) {
    public StoredVectors {
        if (rows < 0 || width < 0 || values.length != (long) rows * width || complex && rows % 2 != 0) {
            throw new IllegalArgumentException(
                    width + " vectors of " + rows + " components cannot hold " + values.length + " numbers.");
        }
    }

    /** The components of one vector. */
    public double[] vector(int index) {
        double[] vector = new double[rows];
        for (int i = 0; i < rows; i++) {
            vector[i] = values[i * width + index];
        }
        return vector;
    }

    /** The same with imaginary parts, which are zero if there were none. */
    public StoredVectors toComplex() {
        if (complex) {
            return this;
        }
        double[] pairs = new double[Math.multiplyExact(2, values.length)];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * width, pairs, 2 * i * width, width);
        }
        return new StoredVectors(2 * rows, width, pairs, true);
    }

    @Override
    public String toString() {
        return width + (complex ? " complex" : "") + (width == 1 ? " vector of " : " vectors of ")
                + (complex ? rows / 2 : rows) + " components";
    }
}
