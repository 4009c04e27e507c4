// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Preconditioned conjugate gradients for symmetric positive definite matrices.
 *
 * <p>Hestenes and Stiefel 1952; Saad, "Iterative Methods for Sparse Linear Systems", algorithm 9.1. The recursive
 * residual drifts away from the true one, so whenever the recursion claims convergence the true residual is computed; if
 * it disagrees the iteration restarts from there.
 *
 * @param tolerance bound of the true relative residual ‖b − Ax‖₂ / ‖b‖₂
 * @param iterationLimit most iterations over all restarts
 * @param onFailure what to do when the tolerance is not reached
 */
public record ConjugateGradient(double tolerance, int iterationLimit, OnFailure onFailure) {
    /** A restart must at least halve the true residual, or the solve counts as stalled. */
    private static final double RESTART_GAIN = 0.5;

    public ConjugateGradient {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("The tolerance must lie between 0 and 1, but is " + tolerance + ".");
        }
        if (iterationLimit < 1) {
            throw new IllegalArgumentException("The iteration limit must be positive, but is " + iterationLimit + ".");
        }
        Objects.requireNonNull(onFailure, "onFailure");
    }

    /** At most 500 iterations, throwing if they do not suffice. */
    public ConjugateGradient(double tolerance) {
        this(tolerance, 500, OnFailure.THROW);
    }

    /**
     * Solves A x = b.
     *
     * @param a symmetric positive definite, n x n; the symmetry is trusted
     * @param b right-hand side, n values
     * @param x initial guess on entry, solution on return, n values
     * @param preconditioner M⁻¹, symmetric positive definite
     * @return iterations, true residual and status
     * @throws IllegalArgumentException if sizes differ or a value is not finite
     * @throws SolveException if the tolerance is not reached and the policy is to throw
     */
    public SolveReport solve(CsrMatrix a, double[] b, double[] x, Preconditioner preconditioner) {
        a.requireSquare();
        requireFinite("right-hand side", b, a.rows());
        requireFinite("initial guess", x, a.rows());
        SolveReport report = new Run(a, b, x, preconditioner.begin(1)).solve();
        if (!report.converged() && onFailure == OnFailure.THROW) {
            throw new SolveException(
                    String.format(
                            Locale.ROOT,
                            "Conjugate gradients on a %s did not reach %.1e: %s. %s",
                            a,
                            tolerance,
                            report,
                            remedy(report.status())),
                    report);
        }
        return report;
    }

    private static String remedy(Status status) {
        return switch (status) {
            case INDEFINITE -> "Use a method for indefinite or nonsymmetric systems, or check the assembly.";
            case STALLED -> "Ask for a larger tolerance: this one is beyond double precision for this matrix.";
            default -> "Allow more iterations or use a stronger preconditioner.";
        };
    }

    private static void requireFinite(String what, double[] vector, int length) {
        if (vector.length != length) {
            throw new IllegalArgumentException(
                    "The " + what + " has " + vector.length + " values, but the matrix has " + length + " rows.");
        }
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(vector[i])) {
                throw new IllegalArgumentException("Value " + i + " of the " + what + " is " + vector[i] + ".");
            }
        }
    }

    private static double dot(double[] u, double[] v) {
        // Four sums in a fixed order: the additions need not wait for each other.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < u.length; i += 4) {
            s0 += u[i] * v[i];
            s1 += u[i + 1] * v[i + 1];
            s2 += u[i + 2] * v[i + 2];
            s3 += u[i + 3] * v[i + 3];
        }
        for (; i < u.length; i++) {
            s0 += u[i] * v[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The workspace of one solve. */
    private final class Run {
        private final CsrMatrix a;
        private final double[] b;
        private final double[] x;
        private final Preconditioner.Application preconditioner;
        private final double[] r;
        private final double[] z;
        private final double[] p;
        private final double[] ap;
        private final double scale;
        private int iterations;

        Run(CsrMatrix a, double[] b, double[] x, Preconditioner.Application preconditioner) {
            this.a = a;
            this.b = b;
            this.x = x;
            this.preconditioner = preconditioner;
            int n = a.rows();
            r = new double[n];
            z = new double[n];
            p = new double[n];
            ap = new double[n];
            scale = Math.sqrt(dot(b, b));
        }

        SolveReport solve() {
            if (scale == 0) {
                Arrays.fill(x, 0);
                return new SolveReport(0, 0, Status.CONVERGED);
            }
            double residual = trueResidual();
            while (!(residual <= tolerance)) {
                if (iterations >= iterationLimit) {
                    return new SolveReport(iterations, residual, Status.ITERATION_LIMIT);
                }
                boolean definite = iterate();
                double before = residual;
                residual = trueResidual();
                if (!(residual <= tolerance) && !definite) {
                    return new SolveReport(iterations, residual, Status.INDEFINITE);
                }
                if (!(residual <= tolerance) && iterations < iterationLimit && !(residual <= RESTART_GAIN * before)) {
                    return new SolveReport(iterations, residual, Status.STALLED);
                }
            }
            return new SolveReport(iterations, residual, Status.CONVERGED);
        }

        private double trueResidual() {
            a.residual(b, x, r);
            return Math.sqrt(dot(r, r)) / scale;
        }

        /** Iterates until the recursive residual passes or the limit is met; false if an energy was not positive. */
        private boolean iterate() {
            Arrays.fill(p, 0);
            double rz = 1;
            double norm;
            do {
                preconditioner.apply(r, z);
                double next = dot(r, z);
                if (!(next > 0)) {
                    return false;
                }
                double beta = next / rz;
                rz = next;
                for (int i = 0; i < p.length; i++) {
                    p[i] = z[i] + beta * p[i];
                }
                a.multiply(p, ap);
                double energy = dot(p, ap);
                if (!(energy > 0)) {
                    return false;
                }
                norm = step(rz / energy);
                iterations++;
            } while (norm > tolerance && iterations < iterationLimit);
            return true;
        }

        /** x += alpha p and r -= alpha A p; returns the relative norm of the new r. */
        private double step(double alpha) {
            for (int i = 0; i < p.length; i++) {
                x[i] += alpha * p[i];
                r[i] -= alpha * ap[i];
            }
            return Math.sqrt(dot(r, r)) / scale;
        }
    }
}
