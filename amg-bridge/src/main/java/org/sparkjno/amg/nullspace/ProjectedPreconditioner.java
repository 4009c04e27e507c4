// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.VectorSpace;

/**
 * A preconditioner between projections, z = (I − N Nᵀ) M⁻¹ (I − L Lᵀ) r, so that neither rounding nor a coarse level that
 * is singular itself lets the iteration drift into the null space.
 *
 * @param preconditioner M⁻¹
 * @param nullSpaces right N, left L
 * @param space the rows
 */
record ProjectedPreconditioner(Preconditioner preconditioner, NullSpaces nullSpaces, VectorSpace space)
        implements Preconditioner {
    @Override
    public Application begin(int width) {
        Application application = preconditioner.begin(width);
        VectorSpace block = space.withWidth(width);
        double[] projected = block.zeros();
        return (r, z) -> {
            System.arraycopy(r, 0, projected, 0, r.length);
            nullSpaces.left().removeFrom(projected, block);
            application.apply(projected, z);
            nullSpaces.right().removeFrom(z, block);
        };
    }

    @Override
    public Preconditioner transposed() {
        return new ProjectedPreconditioner(preconditioner.transposed(), nullSpaces.transposed(), space);
    }
}
