// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * IDR(s) for nonsymmetric matrices: short recursions that force the residual into spaces of shrinking dimension, near the
 * iterations of GMRES at the memory of 3 s + 4 vectors. Right-preconditioned; the same shadow vectors in every solve.
 *
 * <p>Van Gijzen and Sonneveld, "Algorithm 913: an elegant IDR(s) variant that efficiently exploits biorthogonality
 * properties", ACM TOMS 38 (2011), figure 2; omega kept away from 0 as in Sleijpen and van der Vorst 1995.
 *
 * @param shadows s, the number of shadow vectors, 1 to 16
 */
public record InducedDimensionReduction(int shadows) implements KrylovMethod {
    private static final int MOST_SHADOWS = 16;
    private static final int USUAL_SHADOWS = 4;
    /** The least cosine between residual and its product that is taken as it is. */
    private static final double ANGLE = 0.7;

    private static final long SEED = 0x1D2;

    public InducedDimensionReduction {
        if (shadows < 1 || shadows > MOST_SHADOWS) {
            throw new IllegalArgumentException("IDR(s) takes 1 to 16 shadow vectors, but was given " + shadows + ".");
        }
    }

    /** IDR(4). */
    public InducedDimensionReduction() {
        this(USUAL_SHADOWS);
    }

    @Override
    public Requirements requirements() {
        return Requirements.GENERAL;
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new Run(system);
    }

    @Override
    public String toString() {
        return "IDR(" + shadows + ")";
    }

    private final class Run implements KrylovIteration {
        private final PreconditionedSystem system;
        private final VectorSpace space;
        private final List<double[]> shadow = new ArrayList<>();
        /** g_i = A u_i. */
        private final List<double[]> g = new ArrayList<>();

        private final List<double[]> u = new ArrayList<>();
        private final double[] v;
        private final double[] t;
        /** Per right-hand side the lower triangular matrix of the products of shadows (rows) and g (columns). */
        private final double[][][] m;
        /** Per right-hand side the products of shadows and residual. */
        private final double[][] f;

        private double[] omega;

        Run(PreconditionedSystem system) {
            this.system = system;
            space = system.space();
            v = space.zeros();
            t = space.zeros();
            for (int i = 0; i < shadows; i++) {
                shadow.add(space.random(SEED + i));
                g.add(space.zeros());
                u.add(space.zeros());
            }
            m = new double[space.width()][shadows][shadows];
            f = new double[space.width()][shadows];
        }

        @Override
        public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
            for (int i = 0; i < shadows; i++) {
                Arrays.fill(g.get(i), 0);
                Arrays.fill(u.get(i), 0);
                for (double[][] matrix : m) {
                    Arrays.fill(matrix[i], 0);
                    matrix[i][i] = 1;
                }
            }
            omega = space.scalars(1);
            while (monitor.running()) {
                double[][] products = space.dots(shadow, r);
                for (int j = 0; j < f.length; j++) {
                    for (int i = 0; i < shadows; i++) {
                        f[j][i] = products[i][j];
                    }
                }
                for (int k = 0; k < shadows && monitor.running(); k++) {
                    stepWithin(k, x, r, monitor);
                }
                if (monitor.running()) {
                    enterNextSpace(x, r, monitor);
                }
            }
        }

        /** A step that makes the residual orthogonal to shadow k as well. */
        private void stepWithin(int k, double[] x, double[] r, ConvergenceMonitor monitor) {
            double[][] c = new double[shadows][space.width()];
            for (int j = 0; j < f.length; j++) {
                solveTriangle(j, k, c);
            }
            System.arraycopy(r, 0, v, 0, r.length);
            for (int i = k; i < shadows; i++) {
                double[] weight = c[i];
                space.axpy(monitor.scalars(j -> -weight[j]), g.get(i), v);
            }
            system.precondition(v, t);
            double[] scale = omega;
            double[] own = c[k];
            // u_k = omega M⁻¹ v + Σ c_i u_i, the old u_k among them.
            space.scale(monitor.scalars(j -> own[j]), u.get(k));
            space.axpy(monitor.scalars(j -> scale[j]), t, u.get(k));
            for (int i = k + 1; i < shadows; i++) {
                double[] weight = c[i];
                space.axpy(monitor.scalars(j -> weight[j]), u.get(i), u.get(k));
            }
            system.multiply(u.get(k), g.get(k));
            biorthogonalise(k, monitor);
            double[] beta = new double[space.width()];
            for (int j = 0; j < beta.length; j++) {
                beta[j] = f[j][k] / m[j][k][k];
                if (!Double.isFinite(beta[j])) {
                    monitor.stop(j, Status.BREAKDOWN);
                }
                for (int i = k + 1; i < shadows; i++) {
                    f[j][i] -= beta[j] * m[j][i][k];
                }
            }
            space.axpy(monitor.scalars(j -> -beta[j]), g.get(k), r);
            space.axpy(monitor.scalars(j -> beta[j]), u.get(k), x);
            if (monitor.running()) {
                monitor.advance(space.norm(r));
            }
        }

        /** Forward substitution with the trailing part of m from k. */
        private void solveTriangle(int j, int k, double[][] c) {
            for (int i = k; i < shadows; i++) {
                double sum = f[j][i];
                for (int l = k; l < i; l++) {
                    sum -= m[j][i][l] * c[l][j];
                }
                c[i][j] = sum / m[j][i][i];
            }
        }

        /** Makes g_k orthogonal to the shadows before k; one reduction, since the products of the others are known. */
        private void biorthogonalise(int k, ConvergenceMonitor monitor) {
            double[][] products = space.dots(shadow, g.get(k));
            for (int l = 0; l < k; l++) {
                double[] minusAlpha = new double[space.width()];
                for (int j = 0; j < minusAlpha.length; j++) {
                    minusAlpha[j] = -products[l][j] / m[j][l][l];
                    for (int i = l; i < shadows; i++) {
                        products[i][j] += minusAlpha[j] * m[j][i][l];
                    }
                }
                space.axpy(monitor.scalars(j -> minusAlpha[j]), g.get(l), g.get(k));
                space.axpy(monitor.scalars(j -> minusAlpha[j]), u.get(l), u.get(k));
            }
            for (int j = 0; j < m.length; j++) {
                for (int i = k; i < shadows; i++) {
                    m[j][i][k] = products[i][j];
                }
            }
        }

        /** The step with I − omega A M⁻¹ into the next, smaller space. */
        private void enterNextSpace(double[] x, double[] r, ConvergenceMonitor monitor) {
            system.precondition(r, v);
            system.multiply(v, t);
            double[][] products = space.dots(List.of(t, t, r), List.of(r, t, r));
            omega = monitor.scalars(j -> stabilised(products[0][j], products[1][j], products[2][j]));
            double[] step = omega;
            for (int j = 0; j < step.length; j++) {
                if (!(Math.abs(step[j]) > 0 && Double.isFinite(step[j]))) {
                    monitor.stop(j, Status.BREAKDOWN);
                }
            }
            space.axpy(monitor.scalars(j -> -step[j]), t, r);
            space.axpy(monitor.scalars(j -> step[j]), v, x);
            if (monitor.running()) {
                monitor.advance(space.norm(r));
            }
        }

        private double stabilised(double tr, double tt, double rr) {
            double cosine = Math.abs(tr) / Math.sqrt(tt * rr);
            double omegaMinimal = tr / tt;
            return cosine < ANGLE ? omegaMinimal * ANGLE / cosine : omegaMinimal;
        }
    }
}
