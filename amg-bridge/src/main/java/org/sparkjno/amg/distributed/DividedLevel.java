// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.parallel.Team;

/**
 * What a coarsening sees of a level whose rows are divided over ranks.
 *
 * @param matrix square, of symmetric pattern
 * @param blockSize unknowns per node; every rank has whole nodes
 * @param nearNullSpace this rank's components of the vectors that coarse levels must represent
 * @param team the threads of this rank
 */
record DividedLevel(DistributedMatrix matrix, int blockSize, NearNullSpace nearNullSpace, Team team) {
    /** A level of single unknowns whose near-null space are the constants. */
    static DividedLevel scalar(DistributedMatrix matrix, Team team) {
        return new DividedLevel(matrix, 1, NearNullSpace.constants(matrix.own().rows(), 1), team);
    }
}
