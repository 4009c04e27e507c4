// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;

/**
 * A directed graph of strong couplings by rows: row i holds the points at positions {@code start[i] … start[i + 1] - 1}
 * of {@code columns}. Points beyond the last row are ghosts, owned by other processes. Immutable; the arrays are handed
 * out as they are, to be read only.
 *
 * @param start {@code rows + 1} positions, starting with 0 and never decreasing
 * @param columns the other end of every coupling; never the row itself
 */
public record Couplings(int[] start, int[] columns) {
    /** Number of rows. */
    public int rows() {
        return start.length - 1;
    }

    /** Number of couplings of one row. */
    public int degree(int row) {
        return start[row + 1] - start[row];
    }

    /** The same couplings seen from their other ends, {@code points} rows in all. */
    public Couplings reversed(int points) {
        int[] begin = new int[points + 1];
        for (int j : columns) {
            begin[j + 1]++;
        }
        for (int j = 0; j < points; j++) {
            begin[j + 1] += begin[j];
        }
        int[] next = Arrays.copyOf(begin, points);
        int[] sources = new int[columns.length];
        for (int i = 0; i < rows(); i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                sources[next[columns[k]]++] = i;
            }
        }
        return new Couplings(begin, sources);
    }

    /** The couplings of the first rows. */
    Couplings first(int rows) {
        return new Couplings(Arrays.copyOf(start, rows + 1), Arrays.copyOf(columns, start[rows]));
    }

    /** Whether a row couples to the first points alone. */
    boolean isWithin(int row, int points) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            if (columns[k] >= points) {
                return false;
            }
        }
        return true;
    }

    /** The couplings of all rows to the first points. */
    Couplings within(int points) {
        int[] begin = new int[start.length];
        int[] kept = new int[columns.length];
        int size = 0;
        for (int i = 0; i < rows(); i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                if (columns[k] < points) {
                    kept[size++] = columns[k];
                }
            }
            begin[i + 1] = size;
        }
        return new Couplings(begin, Arrays.copyOf(kept, size));
    }
}
