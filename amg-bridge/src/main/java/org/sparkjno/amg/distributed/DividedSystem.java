// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Optional;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.parallel.Team;

/**
 * A square matrix whose rows are divided over ranks, as solvers see it.
 *
 * @param matrix the matrix
 * @param other its transpose, if that is another matrix
 * @param team the threads of this rank
 */
record DividedSystem(DistributedMatrix matrix, Optional<DistributedMatrix> other, Team team) {
    DistributedMatrix matrix(boolean transposed) {
        return transposed ? other.orElse(matrix) : matrix;
    }

    boolean isSymmetric() {
        return other.isEmpty();
    }

    /** The matrix, with zeros where only its transpose has entries; made by all ranks together. */
    DistributedMatrix mirrored() {
        return other.map(transposed -> DistributedSymmetry.withPatternOf(matrix, transposed))
                .orElse(matrix);
    }

    /** So many vectors. */
    DistributedSpace space(int width) {
        return new DistributedSpace(
                matrix.world(),
                matrix.rows().start(matrix.world().rank()),
                new LocalSpace(matrix.own().rows(), width, team));
    }

    /** Products, made by all ranks together. */
    LinearMap map(boolean transposed) {
        DistributedMatrix factor = matrix(transposed);
        return new LinearMap() {
            @Override
            public int rows() {
                return factor.own().rows();
            }

            @Override
            public void apply(double[] input, double[] output, int columns) {
                factor.multiply(input, output, columns, team);
            }

            @Override
            public String toString() {
                return factor.toString();
            }
        };
    }
}
