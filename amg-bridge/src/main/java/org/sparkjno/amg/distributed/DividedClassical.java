// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.NearNullSpace;

/**
 * Classical coarsening across the boundaries of ranks, unknown by unknown as if each were a node.
 *
 * @param method how points are split and interpolated
 */
record DividedClassical(ClassicalCoarsening method) implements DividedCoarsening {
    @Override
    public Coarser coarsen(DividedLevel level) {
        DistributedMatrix matrix = level.matrix();
        DistributedMatrix p = ClassicalInterpolation.of(matrix, method, level.team());
        int own = p.columns().size(matrix.world().rank());
        return new Coarser(p, 1, NearNullSpace.constants(own, 1));
    }

    @Override
    public Coarsening gathered() {
        return method;
    }
}
