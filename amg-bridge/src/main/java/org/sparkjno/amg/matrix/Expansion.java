// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

/** Other ways to store a matrix, written out entry by entry. */
final class Expansion {
    private Expansion() {}

    static CsrMatrix ofDense(double[][] rows) {
        int columnCount = rows.length == 0 ? 0 : rows[0].length;
        CsrAssembler assembler = new CsrAssembler(rows.length, columnCount, rows.length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columnCount) {
                throw new IllegalArgumentException("Row " + i + " of the dense matrix has " + rows[i].length
                        + " values, but row 0 has " + columnCount + ".");
            }
            for (int j = 0; j < columnCount; j++) {
                if (rows[i][j] != 0) {
                    assembler.add(i, j, rows[i][j]);
                }
            }
        }
        return assembler.assemble();
    }

    /** @param blocks which blocks are stored */
    static CsrMatrix ofBlocks(Pattern blocks, int blockSize, double[] values) {
        if (blockSize < 1) {
            throw new IllegalArgumentException("Blocks have at least one row, but " + blockSize + " are asked for.");
        }
        long entries = (long) blocks.entries() * blockSize * blockSize;
        if (values.length != entries) {
            throw new IllegalArgumentException(blocks.entries() + " blocks of " + blockSize + " x " + blockSize
                    + " hold " + entries + " values, but there are " + values.length + ".");
        }
        int rows = Math.multiplyExact(blocks.rows(), blockSize);
        int[] start = new int[rows + 1];
        int[] columns = new int[values.length];
        double[] ordered = new double[values.length];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            int blockRow = row / blockSize;
            for (int k = blocks.rowStart()[blockRow]; k < blocks.rowStart()[blockRow + 1]; k++) {
                int from = (k * blockSize + row % blockSize) * blockSize;
                for (int c = 0; c < blockSize; c++) {
                    columns[next] = blocks.columns()[k] * blockSize + c;
                    ordered[next++] = values[from + c];
                }
            }
            start[row + 1] = next;
        }
        return CsrMatrix.of(rows, Math.multiplyExact(blocks.columnCount(), blockSize), start, columns, ordered);
    }
}
