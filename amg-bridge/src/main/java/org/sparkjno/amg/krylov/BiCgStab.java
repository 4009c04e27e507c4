// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * BiCGStab(l) for nonsymmetric matrices: short recursions, l steps of bi-conjugate gradients, then a polynomial of degree
 * l that minimises the residual. l = 1 is van der Vorst's BiCGStab; l = 2 also copes with eigenvalues near the imaginary
 * axis. Right-preconditioned.
 *
 * <p>Sleijpen and Fokkema, "BiCGstab(l) for linear equations involving unsymmetric matrices with complex spectrum", ETNA
 * 1 (1993), algorithm 3.1.
 *
 * @param degree l, 1 to 4
 */
public record BiCgStab(int degree) implements KrylovMethod {
    private static final int HIGHEST_DEGREE = 4;

    public BiCgStab {
        if (degree < 1 || degree > HIGHEST_DEGREE) {
            throw new IllegalArgumentException("The degree of BiCGStab(l) must be 1 to 4, but is " + degree + ".");
        }
    }

    /** BiCGStab(1). */
    public BiCgStab() {
        this(1);
    }

    @Override
    public Requirements requirements() {
        return Requirements.GENERAL;
    }

    @Override
    public int productsPerIteration() {
        return 2;
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new Run(system);
    }

    @Override
    public String toString() {
        return degree == 1 ? "BiCGStab" : "BiCGStab(" + degree + ")";
    }

    private final class Run implements KrylovIteration {
        private final PreconditionedSystem system;
        private final VectorSpace space;
        private final List<double[]> residuals = new ArrayList<>();
        private final List<double[]> directions = new ArrayList<>();
        private final double[] shadow;
        /** M times the correction of x: x itself moves when the run ends. */
        private final double[] y;

        private final double[] z;
        private double[] rho;
        private double[] alpha;
        private double[] omega;

        Run(PreconditionedSystem system) {
            this.system = system;
            space = system.space();
            for (int i = 0; i <= degree; i++) {
                residuals.add(space.zeros());
                directions.add(space.zeros());
            }
            shadow = space.zeros();
            y = space.zeros();
            z = space.zeros();
        }

        @Override
        public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
            System.arraycopy(r, 0, residuals.get(0), 0, r.length);
            System.arraycopy(r, 0, shadow, 0, r.length);
            Arrays.fill(directions.get(0), 0);
            Arrays.fill(y, 0);
            rho = space.scalars(1);
            omega = space.scalars(1);
            alpha = space.scalars(0);
            while (monitor.running()) {
                double[] previous = rho;
                double[] last = omega;
                rho = monitor.scalars(j -> -last[j] * previous[j]);
                for (int i = 0; i < degree && monitor.running(); i++) {
                    biConjugateStep(i, monitor);
                }
                if (monitor.running()) {
                    boolean[] singular = minimise(monitor);
                    monitor.advance(space.norm(residuals.get(0)), degree);
                    for (int j = 0; j < singular.length; j++) {
                        if (singular[j]) {
                            monitor.stop(j, Status.BREAKDOWN);
                        }
                    }
                }
            }
            system.precondition(y, z);
            space.axpy(space.scalars(1), z, x);
        }

        private void biConjugateStep(int i, ConvergenceMonitor monitor) {
            double[] next = space.dot(residuals.get(i), shadow);
            double[] last = rho;
            double[] step = alpha;
            double[] minusBeta = monitor.scalars(j -> -step[j] * next[j] / last[j]);
            requireFinite(minusBeta, i, monitor);
            rho = next;
            for (int k = 0; k <= i; k++) {
                space.xpby(residuals.get(k), monitor.scalars(j -> minusBeta[j]), directions.get(k));
            }
            multiply(directions.get(i), directions.get(i + 1));
            double[] gamma = space.dot(directions.get(i + 1), shadow);
            double[] ratio = monitor.scalars(j -> next[j] / gamma[j]);
            requireFinite(ratio, i, monitor);
            alpha = monitor.scalars(j -> ratio[j]);
            double[] minusAlpha = monitor.scalars(j -> -ratio[j]);
            for (int k = 0; k <= i; k++) {
                space.axpy(minusAlpha, directions.get(k + 1), residuals.get(k));
            }
            multiply(residuals.get(i), residuals.get(i + 1));
            space.axpy(alpha, directions.get(0), y);
        }

        /**
         * The polynomial part: r_0 is minimised over the span of r_1 … r_l by its normal equations, one reduction.
         *
         * @return where they are singular, and nothing was done
         */
        private boolean[] minimise(ConvergenceMonitor monitor) {
            List<double[]> left = new ArrayList<>();
            List<double[]> right = new ArrayList<>();
            for (int i = 1; i <= degree; i++) {
                for (int k = 0; k <= i; k++) {
                    left.add(residuals.get(i));
                    right.add(residuals.get(k));
                }
            }
            double[][] products = space.dots(left, right);
            double[][] gamma = new double[degree][space.width()];
            boolean[] singular = new boolean[space.width()];
            for (int j = 0; j < space.width(); j++) {
                singular[j] = monitor.running(j) && !normalEquations(products, j, gamma);
            }
            for (int i = 1; i <= degree; i++) {
                double[] weight = gamma[i - 1];
                space.axpy(monitor.scalars(j -> weight[j]), residuals.get(i - 1), y);
                double[] minus = monitor.scalars(j -> -weight[j]);
                space.axpy(minus, directions.get(i), directions.get(0));
            }
            for (int i = 1; i <= degree; i++) {
                double[] weight = gamma[i - 1];
                space.axpy(monitor.scalars(j -> -weight[j]), residuals.get(i), residuals.get(0));
            }
            omega = gamma[degree - 1];
            return singular;
        }

        private boolean normalEquations(double[][] products, int j, double[][] gamma) {
            double[][] matrix = new double[degree][degree];
            double[] right = new double[degree];
            int at = 0;
            for (int i = 0; i < degree; i++) {
                right[i] = products[at++][j];
                for (int k = 0; k <= i; k++) {
                    matrix[i][k] = products[at++][j];
                    matrix[k][i] = matrix[i][k];
                }
            }
            double[] solution = SmallSystem.solve(matrix, right);
            if (!Arrays.stream(solution).allMatch(Double::isFinite)) {
                return false;
            }
            for (int i = 0; i < degree; i++) {
                gamma[i][j] = solution[i];
            }
            return solution[degree - 1] != 0;
        }

        private void multiply(double[] u, double[] au) {
            system.precondition(u, z);
            system.multiply(z, au);
        }

        private void requireFinite(double[] scalar, int stepsDone, ConvergenceMonitor monitor) {
            for (int j = 0; j < scalar.length; j++) {
                if (!Double.isFinite(scalar[j])) {
                    monitor.stop(j, Status.BREAKDOWN, stepsDone);
                }
            }
        }
    }
}
