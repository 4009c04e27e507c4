// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * One level of a hierarchy.
 *
 * @param matrix the operator of this level
 * @param toCoarser the way to the next coarser level; empty on the coarsest
 */
public record Level(CsrMatrix matrix, Optional<Transfer> toCoarser) {
    /**
     * The transfer operators between two levels.
     *
     * @param interpolation P, (fine x coarse)
     * @param restriction R = Pᵀ, (coarse x fine)
     */
    public record Transfer(CsrMatrix interpolation, CsrMatrix restriction) {}
}
