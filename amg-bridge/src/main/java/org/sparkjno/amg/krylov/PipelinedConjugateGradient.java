// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * Conjugate gradients with one reduction per iteration, for rows that are distributed widely. Its recursions drift sooner
 * than those of {@link ConjugateGradient}, so small tolerances may take a restart more.
 *
 * <p>Ghysels and Vanroose, "Hiding global synchronization latency in the preconditioned conjugate gradient algorithm",
 * Parallel Computing 40 (2014), algorithm 4.
 */
public record PipelinedConjugateGradient() implements KrylovMethod {
    @Override
    public Requirements requirements() {
        return Requirements.DEFINITE;
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new Run(system);
    }

    @Override
    public String toString() {
        return "Pipelined conjugate gradients";
    }

    /** Below this ratio of squared norms within one run, an energy that is not positive may be but drift. */
    private static final double DRIFT = 1e-8;

    /** The vectors bear the names of the paper: u = M⁻¹r, w = Au, m = M⁻¹w, n = Am; p, s = Ap, q = M⁻¹s, z = Aq. */
    private static final class Run implements KrylovIteration {
        private final PreconditionedSystem system;
        private final VectorSpace space;
        private final double[] u;
        private final double[] w;
        private final double[] m;
        private final double[] n;
        private final double[] p;
        private final double[] s;
        private final double[] q;
        private final double[] z;

        Run(PreconditionedSystem system) {
            this.system = system;
            space = system.space();
            u = space.zeros();
            w = space.zeros();
            m = space.zeros();
            n = space.zeros();
            p = space.zeros();
            s = space.zeros();
            q = space.zeros();
            z = space.zeros();
        }

        @Override
        public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
            for (double[] direction : List.of(p, s, q, z)) {
                Arrays.fill(direction, 0);
            }
            system.precondition(r, u);
            system.multiply(u, w);
            double[] begin = null;
            double[] gammaLast = null;
            double[] alphaLast = null;
            while (monitor.running()) {
                double[][] products = space.dots(List.of(r, w, r), List.of(u, u, r));
                double[] squares = products[2];
                if (begin == null) {
                    begin = squares;
                } else {
                    monitor.advance(roots(squares));
                    if (!monitor.running()) {
                        return;
                    }
                }
                double[] gamma = products[0];
                double[] delta = products[1];
                double[] before = gammaLast;
                double[] step = alphaLast;
                double[] beta = monitor.scalars(j -> before == null ? 0 : gamma[j] / before[j]);
                double[] energy =
                        monitor.scalars(j -> step == null ? delta[j] : delta[j] - beta[j] * gamma[j] / step[j]);
                requirePositive(gamma, energy, squares, begin, monitor);
                double[] alpha = monitor.scalars(j -> gamma[j] / energy[j]);
                system.precondition(w, m);
                system.multiply(m, n);
                space.xpby(n, beta, z);
                space.xpby(m, beta, q);
                space.xpby(w, beta, s);
                space.xpby(u, beta, p);
                double[] minusAlpha = monitor.scalars(j -> -alpha[j]);
                space.axpy(alpha, p, x);
                space.axpy(minusAlpha, s, r);
                space.axpy(minusAlpha, q, u);
                space.axpy(minusAlpha, z, w);
                gammaLast = gamma;
                alphaLast = alpha;
            }
        }

        private static void requirePositive(
                double[] gamma, double[] energy, double[] squares, double[] begin, ConvergenceMonitor monitor) {
            for (int j = 0; j < gamma.length; j++) {
                if (!(gamma[j] > 0 && energy[j] > 0)) {
                    boolean drifted = squares[j] < DRIFT * begin[j];
                    monitor.stop(j, drifted ? Status.BREAKDOWN : Status.INDEFINITE);
                }
            }
        }

        private static double[] roots(double[] squares) {
            return Arrays.stream(squares).map(Math::sqrt).toArray();
        }
    }
}
