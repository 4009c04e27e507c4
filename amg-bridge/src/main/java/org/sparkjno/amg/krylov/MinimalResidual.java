// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * MINRES for symmetric, possibly indefinite matrices, with a symmetric positive definite preconditioner. It minimises the
 * M⁻¹-norm of the residual; the residual itself is recurred beside it, so that its Euclidean norm decides.
 *
 * <p>Paige and Saunders, "Solution of sparse indefinite systems of linear equations", SIAM J. Numer. Anal. 12 (1975);
 * preconditioned as in Elman, Silvester and Wathen, "Finite Elements and Fast Iterative Solvers", algorithm 4.1.
 */
public record MinimalResidual() implements KrylovMethod {
    @Override
    public Requirements requirements() {
        return Requirements.SYMMETRIC;
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new Run(system);
    }

    @Override
    public String toString() {
        return "MINRES";
    }

    private static final class Run implements KrylovIteration {
        private final PreconditionedSystem system;
        private final VectorSpace space;
        /** Lanczos vectors, not normalised: the last but one, the last, and M⁻¹ of the last. */
        private double[] vBefore;

        private double[] v;
        private double[] vNext;
        private final double[] z;
        private double[] wBefore;
        private double[] w;
        private double[] wNext;

        Run(PreconditionedSystem system) {
            this.system = system;
            space = system.space();
            vBefore = space.zeros();
            v = space.zeros();
            vNext = space.zeros();
            z = space.zeros();
            wBefore = space.zeros();
            w = space.zeros();
            wNext = space.zeros();
        }

        @Override
        public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
            for (double[] vector : new double[][] {vBefore, w, wBefore}) {
                Arrays.fill(vector, 0);
            }
            System.arraycopy(r, 0, v, 0, r.length);
            system.precondition(v, z);
            double[] first = normsOf(v, monitor);
            for (int j = 0; j < first.length; j++) {
                if (first[j] == 0) {
                    monitor.stop(j, Status.INDEFINITE);
                }
            }
            Rotations rotations = new Rotations(first);
            while (monitor.running()) {
                double[] gamma = rotations.gamma;
                space.scale(monitor.scalars(j -> 1 / gamma[j]), z);
                system.multiply(z, vNext);
                double[] delta = space.dot(vNext, z);
                space.axpy(monitor.scalars(j -> -delta[j] / gamma[j]), v, vNext);
                double[] gammaBefore = rotations.gammaBefore;
                space.axpy(monitor.scalars(j -> -gamma[j] / gammaBefore[j]), vBefore, vNext);
                // The direction w needs the old z, so it is begun before M⁻¹ overwrites that.
                System.arraycopy(z, 0, wNext, 0, z.length);
                system.precondition(vNext, z);
                rotations.turn(delta, normsOf(vNext, monitor), monitor);
                space.axpy(monitor.scalars(j -> -rotations.alpha3[j]), wBefore, wNext);
                space.axpy(monitor.scalars(j -> -rotations.alpha2[j]), w, wNext);
                space.scale(monitor.scalars(j -> 1 / rotations.alpha1[j]), wNext);
                space.axpy(monitor.scalars(j -> rotations.step[j]), wNext, x);
                // r = s² r + c eta v / gamma: the residual of the least-squares problem in the Lanczos basis.
                space.scale(monitor.scalars(j -> rotations.s[j] * rotations.s[j]), r);
                space.axpy(monitor.scalars(rotations::residualWeight), vNext, r);
                shift();
                if (monitor.running()) {
                    monitor.advance(space.norm(r));
                }
            }
        }

        private void shift() {
            double[] free = vBefore;
            vBefore = v;
            v = vNext;
            vNext = free;
            free = wBefore;
            wBefore = w;
            w = wNext;
            wNext = free;
        }

        /** The M⁻¹-norms of a Lanczos vector. */
        private double[] normsOf(double[] vector, ConvergenceMonitor monitor) {
            double[] norms = space.dot(vector, z);
            for (int j = 0; j < norms.length; j++) {
                if (!(norms[j] >= 0)) {
                    monitor.stop(j, Double.isNaN(norms[j]) ? Status.DIVERGED : Status.INDEFINITE);
                }
                norms[j] = Math.sqrt(Math.max(0, norms[j]));
            }
            return norms;
        }
    }

    /** The QR factors of the Lanczos matrices, one Givens rotation per step and right-hand side. */
    private static final class Rotations {
        private double[] gammaBefore;
        private double[] gamma;
        private final double[] alpha1;
        private final double[] alpha2;
        private final double[] alpha3;
        private final double[] step;
        private final double[] s;
        private final double[] c;
        private final double[] sBefore;
        private final double[] cBefore;
        private final double[] eta;

        Rotations(double[] gamma) {
            int width = gamma.length;
            this.gamma = gamma;
            gammaBefore = ones(width);
            alpha1 = new double[width];
            alpha2 = new double[width];
            alpha3 = new double[width];
            step = new double[width];
            s = new double[width];
            sBefore = new double[width];
            c = ones(width);
            cBefore = ones(width);
            eta = gamma.clone();
        }

        private static double[] ones(int width) {
            double[] ones = new double[width];
            Arrays.fill(ones, 1);
            return ones;
        }

        void turn(double[] delta, double[] next, ConvergenceMonitor monitor) {
            for (int j = 0; j < delta.length; j++) {
                double alpha0 = c[j] * delta[j] - cBefore[j] * s[j] * gamma[j];
                alpha1[j] = Math.hypot(alpha0, next[j]);
                alpha2[j] = s[j] * delta[j] + cBefore[j] * c[j] * gamma[j];
                alpha3[j] = sBefore[j] * gamma[j];
                if (alpha1[j] == 0) {
                    monitor.stop(j, Status.BREAKDOWN);
                }
                sBefore[j] = s[j];
                cBefore[j] = c[j];
                c[j] = alpha0 / alpha1[j];
                s[j] = next[j] / alpha1[j];
                step[j] = c[j] * eta[j];
                eta[j] = -s[j] * eta[j];
            }
            gammaBefore = gamma;
            gamma = next;
        }

        double residualWeight(int j) {
            return gamma[j] == 0 ? 0 : c[j] * eta[j] / gamma[j];
        }
    }
}
