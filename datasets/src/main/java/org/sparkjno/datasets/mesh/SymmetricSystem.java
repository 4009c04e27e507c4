// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.Optional;

/**
 * A small positive definite system by Cholesky's factors.
 *
 * @param factor lower triangle L of L Lᵀ
 */
record SymmetricSystem(double[][] factor) {
    /** A pivot smaller than this part of its diagonal entry means that the columns depend on each other. */
    private static final double SINGULAR = 1e-8;

    /** The factors of a matrix, unless it is singular to working accuracy. */
    static Optional<SymmetricSystem> factored(double[][] matrix) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= factor[i][k] * factor[j][k];
                }
                if (i > j) {
                    factor[i][j] = rest / factor[j][j];
                } else if (rest > SINGULAR * matrix[i][i]) {
                    factor[i][i] = Math.sqrt(rest);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new SymmetricSystem(factor));
    }

    double[] solve(double[] right) {
        int n = factor.length;
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }
}
