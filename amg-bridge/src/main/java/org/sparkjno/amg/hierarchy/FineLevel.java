// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Objects;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * What a coarsening sees of a level.
 *
 * @param matrix the operator, square
 * @param blockSize unknowns per node: rows {@code b i … b i + b - 1} belong to node i
 * @param nearNullSpace vectors with A v ≈ 0 that the coarse levels must represent
 * @param depth 0 on the finest level
 * @param team threads that share the work
 */
public record FineLevel(CsrMatrix matrix, int blockSize, NearNullSpace nearNullSpace, int depth, Team team) {
    public FineLevel {
        Objects.requireNonNull(team, "team");
        matrix.requireSquare();
        if (blockSize < 1 || matrix.rows() % blockSize != 0) {
            throw new IllegalArgumentException(
                    "Blocks of " + blockSize + " unknowns do not divide the " + matrix.rows() + " rows of the matrix.");
        }
        if (nearNullSpace.rows() != matrix.rows()) {
            throw new IllegalArgumentException("The near-null space has " + nearNullSpace.rows()
                    + " components, but the matrix has " + matrix.rows() + " rows.");
        }
    }
}
