// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

/** Makes dense vectors of entries. */
final class VectorEntries implements EntrySink<StoredVectors> {
    private final int rows;
    private final int width;
    private final boolean complex;
    private final double[] values;

    private VectorEntries(int rows, int width, boolean complex, double[] values) {
        this.rows = rows;
        this.width = width;
        this.complex = complex;
        this.values = values;
    }

    static VectorEntries begin(int rows, int width, long entries, boolean complex) {
        long size = (long) rows * width * (complex ? 2 : 1);
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(width + " vectors of " + rows + " components are " + size
                    + " numbers, too many for one array; give fewer vectors at a time.");
        }
        return new VectorEntries(rows, width, complex, new double[(int) size]);
    }

    @Override
    public void add(int row, int column, double real, double imaginary) {
        if (row < 0 || row >= rows || column < 0 || column >= width) {
            throw new IllegalArgumentException(
                    "Entry (" + row + ", " + column + ") lies outside " + rows + " x " + width + " values.");
        }
        if (!Double.isFinite(real) || !Double.isFinite(imaginary)) {
            throw new IllegalArgumentException(
                    "Entry (" + row + ", " + column + ") is " + (Double.isFinite(real) ? imaginary : real) + ".");
        }
        if (complex) {
            values[2 * row * width + column] += real;
            values[(2 * row + 1) * width + column] += imaginary;
        } else {
            values[row * width + column] += real;
        }
    }

    @Override
    public StoredVectors finish() {
        return new StoredVectors(complex ? 2 * rows : rows, width, values, complex);
    }
}
