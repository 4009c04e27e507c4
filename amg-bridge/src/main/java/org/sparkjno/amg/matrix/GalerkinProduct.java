// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.sparkjno.amg.parallel.Team;

/**
 * The triple product R A P by blocks of coarse rows. The rows of A P that a block needs are computed once and lie in the
 * cache while the block sums them, so A P, which is larger than A, never exists as a whole.
 *
 * <p>Rows are Gustavson products ("Two fast algorithms for sparse matrices", ACM TOMS 4, 1978). If the pattern of the
 * result is known, as it is when only values have changed, nothing is sorted and nothing grows.
 */
final class GalerkinProduct {
    /** Most coarse rows per block. Neighbouring blocks both compute the rows of A P between them, so few blocks are best. */
    private static final int LARGEST_BLOCK = 16_384;

    private static final int SMALLEST_BLOCK = 1024;
    /** Rows spread over more than this many times their number are sorted, others found by a look at all between. */
    private static final int SCATTERED = 16;

    private final CsrMatrix restriction;
    private final CsrMatrix a;
    private final CsrMatrix interpolation;
    private final Team team;
    /** Entries of the longest row of P. */
    private final int longestRow;

    private final int block;

    GalerkinProduct(CsrMatrix restriction, CsrMatrix a, CsrMatrix interpolation, Team team) {
        if (restriction.columnCount() != a.rows() || a.columnCount() != interpolation.rows()) {
            throw new IllegalArgumentException("A " + restriction.rows() + " x " + restriction.columnCount()
                    + " restriction, a " + a.rows() + " x " + a.columnCount() + " matrix and a " + interpolation.rows()
                    + " x " + interpolation.columnCount() + " interpolation have no product.");
        }
        this.restriction = restriction;
        this.a = a;
        this.interpolation = interpolation;
        this.team = team;
        int longest = 0;
        for (int i = 0; i < interpolation.rows(); i++) {
            longest = Math.max(
                    longest, interpolation.rowStart()[i + 1] - interpolation.rowStart()[i]);
        }
        longestRow = longest;
        block = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, restriction.rows() / (4 * team.size())));
    }

    /** The product. */
    CsrMatrix compute() {
        int rows = restriction.rows();
        int blocks = (rows + block - 1) / block;
        int[][] columns = new int[blocks][];
        double[][] values = new double[blocks][];
        int[] rowStart = new int[rows + 1];
        forBlocks(blocks, (part, worker) -> {
            int from = part * block;
            int to = Math.min(rows, from + block);
            worker.startBlock(from, to);
            for (int i = from; i < to; i++) {
                rowStart[i + 1] = worker.appendRow(i);
            }
            columns[part] = Arrays.copyOf(worker.columns, worker.size);
            values[part] = Arrays.copyOf(worker.values, worker.size);
        });
        for (int i = 0; i < rows; i++) {
            rowStart[i + 1] = SparseProduct.addEntries(rowStart[i], rowStart[i + 1]);
        }
        int[] allColumns = new int[rowStart[rows]];
        double[] allValues = new double[rowStart[rows]];
        team.forTasks(blocks, part -> {
            int at = rowStart[part * block];
            System.arraycopy(columns[part], 0, allColumns, at, columns[part].length);
            System.arraycopy(values[part], 0, allValues, at, values[part].length);
        });
        return new CsrMatrix(rows, interpolation.columnCount(), rowStart, allColumns, allValues);
    }

    /** The product, known to have this pattern. */
    CsrMatrix compute(Pattern pattern) {
        int rows = restriction.rows();
        double[] values = new double[pattern.entries()];
        forBlocks((rows + block - 1) / block, (part, worker) -> {
            int from = part * block;
            int to = Math.min(rows, from + block);
            worker.startBlock(from, to);
            for (int i = from; i < to; i++) {
                worker.fillRow(i, pattern, values);
            }
        });
        return new CsrMatrix(pattern, values);
    }

    private interface BlockTask {
        void run(int part, Worker worker);
    }

    /** Workers are handed from block to block: their arrays are as long as the matrix. */
    private void forBlocks(int blocks, BlockTask task) {
        Queue<Worker> idle = new ConcurrentLinkedQueue<>();
        Supplier<Worker> fresh = Worker::new;
        team.forTasks(blocks, part -> {
            Worker known = idle.poll();
            Worker worker = known == null ? fresh.get() : known;
            task.run(part, worker);
            idle.add(worker);
        });
    }

    /** What one thread needs. */
    private final class Worker {
        /** For a row of A P that the block needs, its place in the buffer; else -1. */
        private final int[] place = new int[a.rows()];

        private int[] needed = new int[SMALLEST_BLOCK];
        private int neededCount;
        private int[] productStart = new int[SMALLEST_BLOCK];
        private int[] productColumns = new int[SMALLEST_BLOCK];
        private double[] productValues = new double[SMALLEST_BLOCK];
        /** Position of a coarse column in the row of A P under construction, valid if at or after its start. */
        private final int[] position = new int[interpolation.columnCount()];

        private final double[] sum = new double[interpolation.columnCount()];
        private final int[] marker = new int[interpolation.columnCount()];
        private int[] columns = new int[SMALLEST_BLOCK];
        private double[] values = new double[SMALLEST_BLOCK];
        private int size;

        Worker() {
            Arrays.fill(place, -1);
            Arrays.fill(position, -1);
            Arrays.fill(marker, -1);
        }

        /** Computes the rows of A P that coarse rows {@code from} to {@code to - 1} need, in the order of A. */
        void startBlock(int from, int to) {
            for (int k = 0; k < neededCount; k++) {
                place[needed[k]] = -1;
            }
            for (int k = 0; k < productStart[neededCount]; k++) {
                position[productColumns[k]] = -1;
            }
            neededCount = 0;
            size = 0;
            collectNeeded(restriction.rowStart()[from], restriction.rowStart()[to]);
            if (productStart.length <= neededCount) {
                productStart = new int[neededCount + 1];
            }
            int count = 0;
            for (int k = 0; k < neededCount; k++) {
                place[needed[k]] = k;
                productStart[k] = count;
                count = computeProductRow(needed[k], count);
            }
            productStart[neededCount] = count;
        }

        /** The fine rows of some entries of R, each once, in ascending order. */
        private void collectNeeded(int from, int to) {
            int[] fine = restriction.columns();
            if (needed.length < to - from) {
                needed = new int[to - from];
            }
            int least = Integer.MAX_VALUE;
            int largest = -1;
            int count = 0;
            for (int k = from; k < to; k++) {
                int i = fine[k];
                if (place[i] < 0) {
                    place[i] = 0;
                    needed[count++] = i;
                    least = Math.min(least, i);
                    largest = Math.max(largest, i);
                }
            }
            neededCount = count;
            if (largest - least > SCATTERED * (long) count) {
                Arrays.sort(needed, 0, count);
                return;
            }
            count = 0;
            for (int i = least; i <= largest; i++) {
                if (place[i] >= 0) {
                    needed[count++] = i;
                }
            }
        }

        /** Appends row i to the block's columns and values; returns its length. */
        int appendRow(int i) {
            int start = size;
            int first = restriction.rowStart()[i];
            int last = restriction.rowStart()[i + 1];
            for (int k = first; k < last; k++) {
                collectRow(i, place[restriction.columns()[k]], restriction.values()[k]);
            }
            Arrays.sort(columns, start, size);
            for (int k = start; k < size; k++) {
                values[k] = sum[columns[k]];
            }
            return size - start;
        }

        private void collectRow(int i, int row, double factor) {
            int start = productStart[row];
            int end = productStart[row + 1];
            if (size + end - start > columns.length) {
                int capacity = SparseProduct.capacity(size, end - start, columns.length);
                columns = Arrays.copyOf(columns, capacity);
                values = Arrays.copyOf(values, capacity);
            }
            int[] from = productColumns;
            double[] product = productValues;
            int[] seen = marker;
            double[] to = sum;
            int[] found = columns;
            int count = size;
            for (int l = start; l < end; l++) {
                int j = from[l];
                double term = factor * product[l];
                if (seen[j] == i) {
                    to[j] += term;
                } else {
                    seen[j] = i;
                    to[j] = term;
                    found[count++] = j;
                }
            }
            size = count;
        }

        /** Fills the values of row i of a known pattern. */
        void fillRow(int i, Pattern pattern, double[] result) {
            int[] known = pattern.columns();
            int from = pattern.rowStart()[i];
            int to = pattern.rowStart()[i + 1];
            double[] total = sum;
            for (int k = from; k < to; k++) {
                total[known[k]] = 0;
            }
            int[] fine = restriction.columns();
            double[] weights = restriction.values();
            int[] start = productStart;
            int[] productColumn = productColumns;
            double[] product = productValues;
            for (int k = restriction.rowStart()[i]; k < restriction.rowStart()[i + 1]; k++) {
                int row = place[fine[k]];
                double factor = weights[k];
                int end = start[row + 1];
                for (int l = start[row]; l < end; l++) {
                    total[productColumn[l]] += factor * product[l];
                }
            }
            for (int k = from; k < to; k++) {
                result[k] = total[known[k]];
            }
        }

        /** Appends a row of A P to the buffer, which ends at {@code start}; returns the new end. */
        private int computeProductRow(int fine, int start) {
            int first = a.rowStart()[fine];
            int last = a.rowStart()[fine + 1];
            reserveProduct(start, (last - first) * (long) longestRow);
            int[] aColumns = a.columns();
            double[] aValues = a.values();
            int[] pStart = interpolation.rowStart();
            int[] pColumns = interpolation.columns();
            double[] pValues = interpolation.values();
            int[] at = position;
            int[] found = productColumns;
            double[] product = productValues;
            int count = start;
            for (int k = first; k < last; k++) {
                int row = aColumns[k];
                double factor = aValues[k];
                int end = pStart[row + 1];
                for (int l = pStart[row]; l < end; l++) {
                    int j = pColumns[l];
                    double term = factor * pValues[l];
                    int known = at[j];
                    if (known >= start) {
                        product[known] += term;
                    } else {
                        at[j] = count;
                        found[count] = j;
                        product[count++] = term;
                    }
                }
            }
            return count;
        }

        private void reserveProduct(int count, long more) {
            if (count + more > productColumns.length) {
                int capacity = SparseProduct.capacity(count, (int) more, productColumns.length);
                productColumns = Arrays.copyOf(productColumns, capacity);
                productValues = Arrays.copyOf(productValues, capacity);
            }
        }
    }
}
