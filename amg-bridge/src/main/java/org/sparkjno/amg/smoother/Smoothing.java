// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Which smoother a hierarchy gets, for example {@code GaussSeidel::of}. */
@FunctionalInterface
public interface Smoothing {
    /**
     * The smoother of one matrix.
     *
     * @param matrix square
     * @param blockSize unknowns per node; rows {@code b i … b i + b - 1} belong to node i
     * @param team threads that share each sweep
     * @throws IllegalArgumentException if the method does not exist for the matrix; the message names the row
     */
    Smoother on(CsrMatrix matrix, int blockSize, Team team);
}
