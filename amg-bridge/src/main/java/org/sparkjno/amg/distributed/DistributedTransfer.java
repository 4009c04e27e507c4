// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Interpolation P and restriction Pᵀ between two levels whose rows are divided over ranks.
 *
 * @param interpolation P
 * @param own the transpose of P's own columns
 * @param coupling the transpose of P's columns of the halo
 */
record DistributedTransfer(DistributedMatrix interpolation, CsrMatrix own, CsrMatrix coupling) {
    static DistributedTransfer of(DistributedMatrix interpolation) {
        return new DistributedTransfer(
                interpolation,
                interpolation.own().transpose(),
                interpolation.coupling().transpose());
    }

    /** The restricted residual; made by all ranks together. */
    void restrict(double[] fine, double[] coarse, int width, Team team) {
        double[] ofGhosts = new double[Math.multiplyExact(coupling.rows(), width)];
        coupling.multiply(fine, ofGhosts, width, team);
        own.multiply(fine, coarse, width, team);
        interpolation.halo().addToOwners(ofGhosts, coarse, width);
    }

    /** Adds the interpolated correction; made by all ranks together. */
    void interpolateAdd(double[] coarse, double[] fine, int width, Team team) {
        double[] ghosts = interpolation.halo().ghosts(coarse, width);
        interpolation.own().multiplyAdd(coarse, fine, width, team);
        interpolation.coupling().multiplyAdd(ghosts, fine, width, team);
    }
}
