// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

/** The columns of each row of a pattern, in the order of its entries, one row after another. */
final class Adjacency {
    private final int[] start;
    private final int[] neighbours;
    private final int[] entries;

    private Adjacency(int[] start, int[] neighbours, int[] entries) {
        this.start = start;
        this.neighbours = neighbours;
        this.entries = entries;
    }

    /** By rows; by columns for the transposed pattern. */
    static Adjacency rows(SparsityPattern pattern) {
        int[] start = new int[pattern.rows() + 1];
        for (int k = 0; k < pattern.size(); k++) {
            start[pattern.row(k) + 1]++;
        }
        for (int i = 0; i < pattern.rows(); i++) {
            start[i + 1] += start[i];
        }
        int[] next = start.clone();
        int[] neighbours = new int[pattern.size()];
        int[] entries = new int[pattern.size()];
        for (int k = 0; k < pattern.size(); k++) {
            int at = next[pattern.row(k)]++;
            neighbours[at] = pattern.column(k);
            entries[at] = k;
        }
        return new Adjacency(start, neighbours, entries);
    }

    /** Position of the first neighbour of a row. */
    int start(int row) {
        return start[row];
    }

    /** Position after the last neighbour of a row. */
    int end(int row) {
        return start[row + 1];
    }

    /** The column at a position. */
    int neighbour(int position) {
        return neighbours[position];
    }

    /** The entry of the pattern at a position. */
    int entry(int position) {
        return entries[position];
    }
}
