// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Which couplings of this rank's rows are strong: (i, j) with |a_ij| ≥ θ √(m_i m_j), where m_i is the largest off-diagonal
 * modulus of row i, as for one process.
 *
 * @param stacked this rank's rows over own unknowns and then ghosts
 * @param strong per entry of {@code stacked} whether it is a strong coupling
 * @param halo of the unknowns
 */
record StrongCouplings(CsrMatrix stacked, boolean[] strong, Halo halo) {
    static StrongCouplings of(DistributedMatrix matrix, double threshold) {
        CsrMatrix a = matrix.stacked();
        int own = a.rows();
        double[] largest = new double[own];
        for (int i = 0; i < own; i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                if (a.columns()[k] != i) {
                    largest[i] = Math.max(largest[i], Math.abs(a.values()[k]));
                }
            }
        }
        double[] ofGhosts = matrix.halo().ghosts(largest, 1);
        double[] all = Arrays.copyOf(largest, own + ofGhosts.length);
        System.arraycopy(ofGhosts, 0, all, own, ofGhosts.length);
        boolean[] strong = new boolean[a.entries()];
        double square = threshold * threshold;
        for (int i = 0; i < own; i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                double v = a.values()[k];
                strong[k] = j != i && v != 0 && v * v >= square * all[i] * all[j];
            }
        }
        return new StrongCouplings(a, strong, matrix.halo());
    }
}
