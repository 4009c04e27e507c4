// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Which couplings count as strong: (i, j) with |a_ij| ≥ θ √(m_i m_j), where m_i is the largest off-diagonal modulus of
 * row i.
 *
 * <p>The test is symmetric like that of Vaněk, Mandel and Brezina ("Algebraic multigrid by smoothed aggregation",
 * Computing 56, 1996) but relative to the row's couplings instead of its diagonal: a 27-point stencil, whose couplings
 * are all small against the diagonal, keeps them all, and an anisotropic one keeps its strong direction.
 *
 * @param threshold θ in [0, 1); 0 makes every non-zero coupling strong
 */
record Strength(double threshold) {
    Strength {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("The strength threshold must be in [0, 1), but is " + threshold + ".");
        }
    }

    /** For every stored entry whether it is a strong coupling; the diagonal never is. */
    boolean[] of(CsrMatrix a) {
        int[] start = a.rowStart();
        int[] columns = a.columns();
        double[] values = a.values();
        double[] largest = new double[a.rows()];
        for (int i = 0; i < a.rows(); i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                if (columns[k] != i) {
                    largest[i] = Math.max(largest[i], Math.abs(values[k]));
                }
            }
        }
        boolean[] strong = new boolean[a.entries()];
        double square = threshold * threshold;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                int j = columns[k];
                double v = values[k];
                strong[k] = j != i && v != 0 && v * v >= square * largest[i] * largest[j];
            }
        }
        return strong;
    }
}
