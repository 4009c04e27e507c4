// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Jacobi with the l1 norm of each row in place of its diagonal entry: parallel in every row and convergent for every
 * symmetric positive definite matrix.
 *
 * <p>Baker, Falgout, Kolev and Yang, "Multigrid smoothers for ultraparallel computing", SIAM J. Sci. Comput. 33, 2011.
 */
public final class JacobiL1 implements Smoother {
    private final CsrMatrix matrix;
    private final double[] inverseNorm;

    private JacobiL1(CsrMatrix matrix) {
        this.matrix = matrix;
        inverseNorm = new double[matrix.rows()];
        for (int i = 0; i < inverseNorm.length; i++) {
            double norm = 0;
            for (int k = matrix.rowStart()[i]; k < matrix.rowStart()[i + 1]; k++) {
                norm += Math.abs(matrix.values()[k]);
            }
            if (norm == 0) {
                throw new IllegalArgumentException(
                        "l1-Jacobi divides by the norm of each row, but row " + i + " is empty.");
            }
            inverseNorm[i] = 1 / norm;
        }
    }

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a row is zero
     */
    public static JacobiL1 of(CsrMatrix matrix, int blockSize, Team team) {
        return new JacobiL1(matrix.requireSquare());
    }

    @Override
    public Application begin(int width) {
        if (width != 1) {
            throw new IllegalArgumentException("l1-Jacobi takes one vector at a time, but got " + width + ".");
        }
        return new Application() {
            @Override
            public void before(double[] b, double[] x, double[] r) {
                for (int i = 0; i < inverseNorm.length; i++) {
                    x[i] = b[i] * inverseNorm[i];
                }
                matrix.residual(b, x, r);
            }

            @Override
            public void after(double[] b, double[] x, double[] r) {
                matrix.residual(b, x, r);
                for (int i = 0; i < inverseNorm.length; i++) {
                    x[i] += r[i] * inverseNorm[i];
                }
            }
        };
    }
}
