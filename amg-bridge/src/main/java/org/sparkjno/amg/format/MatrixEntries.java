// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import org.sparkjno.amg.matrix.CsrAssembler;

/** Makes a sparse matrix of entries. */
final class MatrixEntries implements EntrySink<StoredMatrix> {
    /** What a file says of its size is not believed beyond this. */
    private static final int RESERVED = 1 << 22;

    private final CsrAssembler assembler;
    private final boolean complex;

    private MatrixEntries(CsrAssembler assembler, boolean complex) {
        this.assembler = assembler;
        this.complex = complex;
    }

    static MatrixEntries begin(int rows, int columns, long entries, boolean complex) {
        int factor = complex ? 2 : 1;
        if (Math.max(rows, columns) > Integer.MAX_VALUE / factor) {
            throw new IllegalArgumentException(
                    "A complex " + rows + " x " + columns + " matrix has a real form beyond 2147483647 rows.");
        }
        int reserved = (int) Math.min(RESERVED, entries * factor * factor);
        return new MatrixEntries(new CsrAssembler(rows * factor, columns * factor, reserved), complex);
    }

    @Override
    public void add(int row, int column, double real, double imaginary) {
        if (complex) {
            assembler.addComplex(row, column, real, imaginary);
        } else {
            assembler.add(row, column, real);
        }
    }

    @Override
    public StoredMatrix finish() {
        return new StoredMatrix(assembler.assemble(), complex);
    }
}
