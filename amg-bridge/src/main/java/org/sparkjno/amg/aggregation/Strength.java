// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Which couplings count as strong: (i, j) with |a_ij| ≥ θ max(m_i, m_j), where m_i is the largest off-diagonal modulus of
 * row i.
 *
 * <p>The test is symmetric like that of Vaněk, Mandel and Brezina ("Algebraic multigrid by smoothed aggregation",
 * Computing 56, 1996) but relative to the couplings of both rows instead of their diagonals: a 27-point stencil, whose
 * couplings are all small against the diagonal, keeps them all; an anisotropic one keeps its strong direction; and where
 * coefficients jump, a coupling must matter on both sides to join two unknowns.
 *
 * @param threshold θ in [0, 1); 0 makes every non-zero coupling strong
 */
record Strength(double threshold) {
    Strength {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("The strength threshold must be in [0, 1), but is " + threshold + ".");
        }
    }

    /** The strong couplings of a matrix of nodes. */
    NodeCouplings of(CsrMatrix graph, Team team) {
        int[] start = graph.rowStart();
        int[] columns = graph.columns();
        double[] values = graph.values();
        double[] bar = new double[graph.rows()];
        team.forRows(graph.rows(), (from, to) -> {
            for (int i = from; i < to; i++) {
                bar[i] = threshold * largest(graph, i);
            }
        });
        boolean[] strong = new boolean[graph.entries()];
        team.forRows(graph.rows(), (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int k = start[i]; k < start[i + 1]; k++) {
                    int j = columns[k];
                    double modulus = Math.abs(values[k]);
                    strong[k] = modulus >= bar[i] && modulus >= bar[j] && modulus > 0 && j != i;
                }
            }
        });
        return new NodeCouplings(graph, strong);
    }

    /** The largest off-diagonal modulus of row i. */
    static double largest(CsrMatrix graph, int i) {
        double largest = 0;
        for (int k = graph.rowStart()[i]; k < graph.rowStart()[i + 1]; k++) {
            if (graph.columns()[k] != i) {
                largest = Math.max(largest, Math.abs(graph.values()[k]));
            }
        }
        return largest;
    }
}
