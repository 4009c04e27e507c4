// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.sparkjno.amg.distributed.RowBlock;

/**
 * Consecutive rows of a linear system.
 *
 * @param matrix the rows of the matrix, with global columns
 * @param rightHandSide one component per row
 * @param coordinates of the nodes of an elastic body, one number per row; empty if there are none
 * @param nullVectors components of vectors that the matrix maps to zero, one per row in each; mostly none
 */
public record SystemRows(RowBlock matrix, double[] rightHandSide, double[] coordinates, List<double[]> nullVectors)
        implements Serializable {
    public SystemRows {
        Objects.requireNonNull(matrix, "matrix");
        nullVectors = List.copyOf(nullVectors);
        int rows = matrix.rowStart().length - 1;
        require("components of the right-hand side", rightHandSide, rows);
        if (coordinates.length > 0) {
            require("coordinates", coordinates, rows);
        }
        nullVectors.forEach(vector -> require("components of a null vector", vector, rows));
    }

    /** Rows of which no more is known. */
    public SystemRows(RowBlock matrix, double[] rightHandSide) {
        this(matrix, rightHandSide, new double[0], List.of());
    }

    private static void require(String what, double[] numbers, int rows) {
        if (numbers.length != rows) {
            throw new IllegalArgumentException("There are " + rows + " rows, but " + numbers.length + " " + what + ".");
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

    /**
     * Blocks of rows that follow each other, as one.
     *
     * @param nullVectorCount number of null vectors of each
     */
    static SystemRows joined(Iterator<SystemRows> blocks, int nullVectorCount) {
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
        int row = 0;
        int entry = 0;
        for (SystemRows block : all) {
            int count = block.matrix.columns().length;
            System.arraycopy(block.matrix.columns(), 0, columns, entry, count);
            System.arraycopy(block.matrix.values(), 0, values, entry, count);
            for (int i = 0; i < block.rightHandSide.length; i++) {
                rowStart[++row] = entry + block.matrix.rowStart()[i + 1];
            }
            entry += count;
        }
        List<double[]> vectors = new ArrayList<>();
        for (int k = 0; k < nullVectorCount; k++) {
            int vector = k;
            vectors.add(concatenated(all, block -> block.nullVector(vector, nullVectorCount)));
        }
        return new SystemRows(
                new RowBlock(rowStart, columns, values),
                concatenated(all, SystemRows::rightHandSide),
                concatenated(all, SystemRows::coordinates),
                vectors);
    }

    private double[] nullVector(int number, int count) {
        if (nullVectors.size() != count) {
            throw new IllegalArgumentException(
                    "Rows come with " + nullVectors.size() + " null vectors, but " + count + " are declared.");
        }
        return nullVectors.get(number);
    }

    private static double[] concatenated(List<SystemRows> blocks, Function<SystemRows, double[]> part) {
        return blocks.stream().map(part).flatMapToDouble(Arrays::stream).toArray();
    }
}
