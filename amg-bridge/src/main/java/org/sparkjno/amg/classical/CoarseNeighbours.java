// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Of every fine point the couplings to coarse points whose sign is opposite to its diagonal, strong ones first: the few
 * entries of a row that its neighbours ask for again and again.
 *
 * @param start positions of each row; rows of other than fine points are empty
 * @param strongEnd where the strong couplings of each row end
 * @param points the coarse points, by their place on the fine level
 * @param values the couplings
 */
record CoarseNeighbours(int[] start, int[] strongEnd, int[] points, double[] values) {
    static CoarseNeighbours of(
            CsrMatrix a, double[] diagonal, StrongCouplings couplings, CoarsePoints points, Team team) {
        int n = a.rows();
        int[] start = new int[n + 1];
        team.forRows(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                start[i + 1] = count(a, diagonal, points, i);
            }
        });
        for (int i = 0; i < n; i++) {
            start[i + 1] += start[i];
        }
        CoarseNeighbours neighbours = new CoarseNeighbours(start, new int[n], new int[start[n]], new double[start[n]]);
        team.forRows(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                int end = neighbours.fill(a, diagonal, couplings.strong(), true, points, i, start[i]);
                neighbours.strongEnd[i] = end;
                neighbours.fill(a, diagonal, couplings.strong(), false, points, i, end);
            }
        });
        return neighbours;
    }

    private static int count(CsrMatrix a, double[] diagonal, CoarsePoints points, int i) {
        if (points.types()[i] != PointType.FINE) {
            return 0;
        }
        int count = 0;
        boolean negative = diagonal[i] < 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (points.isCoarse(a.columns()[k]) && opposite(a.values()[k], negative)) {
                count++;
            }
        }
        return count;
    }

    /** Appends the strong or the weak couplings of row i; returns where they end. */
    private int fill(
            CsrMatrix a, double[] diagonal, boolean[] strong, boolean wanted, CoarsePoints coarse, int i, int from) {
        if (start[i] == start[i + 1]) {
            return from;
        }
        int at = from;
        boolean negative = diagonal[i] < 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (strong[k] == wanted && coarse.isCoarse(a.columns()[k]) && opposite(a.values()[k], negative)) {
                points[at] = a.columns()[k];
                values[at++] = a.values()[k];
            }
        }
        return at;
    }

    /** Whether a coupling has the sign opposite to that of the diagonal. */
    static boolean opposite(double coupling, boolean negativeDiagonal) {
        return negativeDiagonal ? coupling > 0 : coupling < 0;
    }
}
