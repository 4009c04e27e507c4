// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * A square linear operator as Krylov methods see it. Immutable; threads share it. Several vectors lie row after row:
 * component {@code c} of vector {@code j} of {@code width} is element {@code c * width + j}.
 */
public interface LinearMap {
    /** Number of unknowns (of this process, where rows are distributed). */
    int rows();

    /** Y = A X; both (rows x width); y is overwritten, x only read. */
    void apply(double[] x, double[] y, int width);

    /** The product with a stored matrix. */
    static LinearMap of(CsrMatrix matrix, Team team) {
        matrix.requireSquare();
        return new LinearMap() {
            @Override
            public int rows() {
                return matrix.rows();
            }

            @Override
            public void apply(double[] x, double[] y, int width) {
                matrix.multiply(x, y, width, team);
            }

            @Override
            public String toString() {
                return matrix.toString();
            }
        };
    }
}
