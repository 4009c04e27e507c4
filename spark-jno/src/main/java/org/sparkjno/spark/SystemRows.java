// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.sparkjno.amg.distributed.RowBlock;

/**
 * Consecutive rows of a linear system.
 *
 * @param matrix the rows of the matrix, with global columns
 * @param rightHandSide one component per row
 */
public record SystemRows(RowBlock matrix, double[] rightHandSide) implements Serializable {
    public SystemRows {
        Objects.requireNonNull(matrix, "matrix");
        if (rightHandSide.length != matrix.rowStart().length - 1) {
            throw new IllegalArgumentException("There are " + (matrix.rowStart().length - 1) + " rows, but "
                    + rightHandSide.length + " components of the right-hand side.");
        }
    }

    /** Makes the rows of a task where they are needed. */
    @FunctionalInterface
    public interface Source extends Serializable {
        /**
         * The rows of one task; those of a task follow those of the one before.
         *
         * @param task from 0
         * @param tasks how many there are
         */
        SystemRows rows(int task, int tasks);
    }

    /** Blocks of rows that follow each other, as one. */
    static SystemRows joined(Iterator<SystemRows> blocks) {
        List<SystemRows> all = new ArrayList<>();
        blocks.forEachRemaining(all::add);
        int rows = 0;
        int entries = 0;
        for (SystemRows block : all) {
            rows = Math.addExact(rows, block.rightHandSide.length);
            entries = Math.addExact(entries, block.matrix.columns().length);
        }
        int[] rowStart = new int[rows + 1];
        long[] columns = new long[entries];
        double[] values = new double[entries];
        double[] right = new double[rows];
        int row = 0;
        int entry = 0;
        for (SystemRows block : all) {
            int count = block.matrix.columns().length;
            System.arraycopy(block.matrix.columns(), 0, columns, entry, count);
            System.arraycopy(block.matrix.values(), 0, values, entry, count);
            for (int i = 0; i < block.rightHandSide.length; i++) {
                right[row] = block.rightHandSide[i];
                rowStart[++row] = entry + block.matrix.rowStart()[i + 1];
            }
            entry += count;
        }
        return new SystemRows(new RowBlock(rowStart, columns, values), right);
    }
}
