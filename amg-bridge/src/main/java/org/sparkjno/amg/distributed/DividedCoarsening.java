// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.NearNullSpace;

/** A way to find the next coarser level of a matrix whose rows are divided over ranks. Immutable. */
interface DividedCoarsening {
    /**
     * What a coarsening makes of a level; the coarse operator itself is the Galerkin product.
     *
     * @param interpolation P, of which each rank has the rows of its unknowns
     * @param blockSize unknowns per node of the coarse level
     * @param nearNullSpace this rank's components on the coarse level
     */
    record Coarser(DistributedMatrix interpolation, int blockSize, NearNullSpace nearNullSpace) {}

    /** The next level, however little smaller; made by all ranks together. */
    Coarser coarsen(DividedLevel level);

    /** How levels are coarsened that one rank has gathered. */
    Coarsening gathered();
}
