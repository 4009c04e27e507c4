// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg;

import org.sparkjno.amg.matrix.CsrMatrix;

/** Small dense matrices with textbook algorithms, against which the sparse ones are checked. */
public record DenseReference(double[][] values) {
    public static DenseReference of(CsrMatrix a) {
        double[][] values = new double[a.rows()][a.columnCount()];
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                values[i][a.columns()[k]] = a.values()[k];
            }
        }
        return new DenseReference(values);
    }

    public double[] times(double[] x) {
        double[] y = new double[values.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += values[i][j] * x[j];
            }
        }
        return y;
    }

    /** A⁻¹b by Gaussian elimination with row pivoting. */
    public double[] solve(double[] right) {
        int n = right.length;
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = values[i].clone();
        }
        double[] b = right.clone();
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            double value = b[pivot];
            b[pivot] = b[k];
            b[k] = value;
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; factor != 0 && j < n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                b[i] -= factor * b[k];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                b[i] -= a[i][j] * b[j];
            }
            b[i] /= a[i][i];
        }
        return b;
    }

    /** A⁺b by the one-sided Jacobi singular value decomposition (Hestenes 1958): singular values below 1e-10 are zero. */
    public double[] pseudoInverseTimes(double[] b) {
        int n = b.length;
        double[][] u = new double[n][n];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
            for (int j = 0; j < n; j++) {
                u[j][i] = values[i][j];
            }
        }
        boolean rotated = true;
        while (rotated) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= rotate(u, v, p, q);
                }
            }
        }
        double largest = 0;
        for (double[] column : u) {
            largest = Math.max(largest, dot(column, column));
        }
        double[] x = new double[n];
        for (int k = 0; k < n; k++) {
            double square = dot(u[k], u[k]);
            if (square > 1e-20 * largest) {
                double weight = dot(u[k], b) / square;
                for (int i = 0; i < n; i++) {
                    x[i] += weight * v[k][i];
                }
            }
        }
        return x;
    }

    /** Makes columns p and q of U = A V orthogonal; the arrays hold columns. */
    private static boolean rotate(double[][] u, double[][] v, int p, int q) {
        double pp = dot(u[p], u[p]);
        double qq = dot(u[q], u[q]);
        double pq = dot(u[p], u[q]);
        if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq) || pp * qq < 1e-60) {
            return false;
        }
        double zeta = (qq - pp) / (2 * pq);
        double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.hypot(1, tangent);
        for (double[][] columns : new double[][][] {u, v}) {
            for (int i = 0; i < u.length; i++) {
                double left = columns[p][i];
                columns[p][i] = cosine * (left - tangent * columns[q][i]);
                columns[q][i] = cosine * (tangent * left + columns[q][i]);
            }
        }
        return true;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
