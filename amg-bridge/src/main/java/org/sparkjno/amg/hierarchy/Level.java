// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * One level of a hierarchy.
 *
 * @param matrix the operator of this level
 * @param blockSize unknowns per node
 * @param toCoarser the way to the next coarser level; empty on the coarsest
 */
public record Level(CsrMatrix matrix, int blockSize, Optional<Transfer> toCoarser) {
    /**
     * The transfer operators between two levels.
     *
     * @param interpolation P, (fine x coarse)
     * @param restriction R, (coarse x fine), Pᵀ unless the coarsening says otherwise
     */
    public record Transfer(CsrMatrix interpolation, CsrMatrix restriction) {
        /** The transfer of the transposed level: P' = Rᵀ, R' = Pᵀ. */
        Transfer transposed() {
            return new Transfer(restriction.transpose(), interpolation.transpose());
        }
    }
}
