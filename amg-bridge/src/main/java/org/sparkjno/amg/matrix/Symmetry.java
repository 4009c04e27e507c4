// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;

/**
 * Compares entries with their mirror images in one walk over the rows: as rows are visited in order, the mirror images of a
 * column come in order too, so each row needs only a position that moves on.
 */
final class Symmetry {
    private final CsrMatrix a;
    private final double tolerance;
    private final double[] diagonal;
    /** First entry of each row that has not met its mirror image. */
    private final int[] next;

    private Symmetry(CsrMatrix a, double tolerance) {
        this.a = a;
        this.tolerance = tolerance;
        this.diagonal = a.diagonal();
        this.next = Arrays.copyOf(a.rowStart(), a.rows());
    }

    static boolean holds(CsrMatrix a, double tolerance) {
        return a.rows() == a.columnCount() && new Symmetry(a, tolerance).walk();
    }

    private boolean walk() {
        int[] columns = a.columns();
        double[] values = a.values();
        for (int i = 0; i < a.rows(); i++) {
            if (!passUpTo(i, i)) {
                return false;
            }
            for (int k = next[i]; k < a.rowStart()[i + 1]; k++) {
                int j = columns[k];
                if (j == i) {
                    continue;
                }
                if (!passUpTo(j, i)) {
                    return false;
                }
                int mirror = next[j];
                boolean stored = mirror < a.rowStart()[j + 1] && columns[mirror] == i;
                next[j] = stored ? mirror + 1 : mirror;
                if (!agree(i, j, values[k], stored ? values[mirror] : 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Entries of row j left of column i that nothing mirrors must be zero, or as good as that. */
    private boolean passUpTo(int j, int i) {
        while (next[j] < a.rowStart()[j + 1] && a.columns()[next[j]] < i) {
            if (!agree(j, a.columns()[next[j]], a.values()[next[j]++], 0)) {
                return false;
            }
        }
        return true;
    }

    private boolean agree(int i, int j, double value, double mirror) {
        if (value == mirror) {
            return true;
        }
        double scale = Math.sqrt(Math.abs(diagonal[i] * diagonal[j]));
        return Math.abs(value - mirror) <= tolerance * Math.max(scale, Math.abs(value));
    }
}
