// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Arrays;
import java.util.Random;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * An upper bound of the eigenvalues of D⁻¹ A by Lanczos steps on the symmetric part of D^(-1/2) A D^(-1/2).
 *
 * <p>Golub and Van Loan, "Matrix Computations", 4th edition, section 10.1. The largest Ritz value approaches the largest
 * eigenvalue from below, so it is raised by a tenth; it is never more than the largest l1 norm of a row (Gershgorin). The
 * symmetric part makes the bound of Aᵀ equal to that of A, bit for bit.
 */
final class SpectralBound {
    private static final int STEPS = 10;
    private static final double SAFETY = 1.1;

    private final CsrMatrix matrix;
    private final Team team;
    /** D^(-1/2). */
    private final double[] scale;
    /** Whether A x and Aᵀ x had the same bits, so that one of them will do. */
    private boolean symmetric;

    private SpectralBound(CsrMatrix matrix, double[] inverseDiagonal, Team team) {
        this.matrix = matrix;
        this.team = team;
        scale = new double[inverseDiagonal.length];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = Math.sqrt(inverseDiagonal[i]);
        }
    }

    /** The bound for a positive diagonal D⁻¹. */
    static double of(CsrMatrix matrix, double[] inverseDiagonal, Team team) {
        SpectralBound bound = new SpectralBound(matrix, inverseDiagonal, team);
        return Math.min(SAFETY * bound.largestRitzValue(), gershgorin(matrix, inverseDiagonal));
    }

    private static double gershgorin(CsrMatrix a, double[] inverseDiagonal) {
        double[] norms = Diagonals.l1Norms(a);
        double bound = 0;
        for (int i = 0; i < norms.length; i++) {
            bound = Math.max(bound, norms[i] * inverseDiagonal[i]);
        }
        return bound;
    }

    private double largestRitzValue() {
        int n = scale.length;
        int steps = Math.min(STEPS, n);
        double[] alpha = new double[steps];
        double[] beta = new double[steps];
        double[] previous = new double[n];
        double[] q = new Random(20100).doubles(n, -1, 1).toArray();
        normalise(q, norm(q));
        for (int step = 0; step < steps; step++) {
            double[] w = multiply(q);
            alpha[step] = dot(q, w);
            for (int i = 0; i < n; i++) {
                w[i] -= alpha[step] * q[i] + (step > 0 ? beta[step - 1] : 0) * previous[i];
            }
            beta[step] = norm(w);
            if (step + 1 == steps || beta[step] <= 1e-12 * Math.abs(alpha[0])) {
                return largestEigenvalue(alpha, beta, step + 1);
            }
            normalise(w, beta[step]);
            previous = q;
            q = w;
        }
        return 0;
    }

    /** By bisection on the number of eigenvalues below a value, the negative pivots of T − λ I. */
    private static double largestEigenvalue(double[] alpha, double[] beta, int size) {
        double high = 0;
        for (int i = 0; i < size; i++) {
            high = Math.max(high, Math.abs(alpha[i]) + beta[i] + (i > 0 ? beta[i - 1] : 0));
        }
        double low = -high;
        for (int halving = 0; halving < 60; halving++) {
            double middle = 0.5 * (low + high);
            double pivot = 1;
            boolean allBelow = true;
            for (int i = 0; i < size; i++) {
                pivot = alpha[i] - middle - (i > 0 ? beta[i - 1] * beta[i - 1] / pivot : 0);
                allBelow &= pivot < 0;
            }
            if (allBelow) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** w = D^(-1/2) (A + Aᵀ)/2 D^(-1/2) q. */
    private double[] multiply(double[] q) {
        int n = q.length;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = scale[i] * q[i];
        }
        double[] w = new double[n];
        matrix.multiply(x, w, 1, team);
        double[] other = w;
        if (!symmetric) {
            other = multiplyTransposed(x);
            symmetric = Arrays.equals(w, other);
        }
        for (int i = 0; i < n; i++) {
            w[i] = 0.5 * scale[i] * (w[i] + other[i]);
        }
        return w;
    }

    /** Adds up in the order in which a product with the transposed matrix would. */
    private double[] multiplyTransposed(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int k = matrix.rowStart()[i]; k < matrix.rowStart()[i + 1]; k++) {
                y[matrix.columns()[k]] += matrix.values()[k] * x[i];
            }
        }
        return y;
    }

    private static void normalise(double[] v, double norm) {
        for (int i = 0; i < v.length; i++) {
            v[i] /= norm;
        }
    }

    private static double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }
}
