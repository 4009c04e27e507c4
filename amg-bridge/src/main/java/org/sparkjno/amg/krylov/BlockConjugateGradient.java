// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.List;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * Block conjugate gradients: all right-hand sides search one common space, so each needs fewer iterations than alone. The
 * residuals are kept as an orthonormal basis times coefficients, and right-hand sides that become dependent leave the
 * basis, so nothing breaks down when some converge first or are multiples of each other. The dense products make an
 * iteration of 16 right-hand sides about twice as dear, so it pays with weak preconditioners, where it saves iterations.
 *
 * <p>O'Leary, "The block conjugate gradient algorithm and related methods", Linear Algebra Appl. 29 (1980); Dubrulle,
 * "Retooling the method of block conjugate gradients", ETNA 12 (2001), algorithm BCGrQ, here in the inner product of the
 * preconditioner and with Cholesky QR.
 */
public record BlockConjugateGradient() implements KrylovMethod {
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
        return "Block conjugate gradients";
    }

    private static final class Run implements KrylovIteration {
        private final PreconditionedSystem system;
        private final VectorSpace space;
        private final double[] z;
        private final double[] p;
        private final double[] ap;

        Run(PreconditionedSystem system) {
            this.system = system;
            space = system.space();
            z = space.zeros();
            p = space.zeros();
            ap = space.zeros();
        }

        /** The array r holds the basis Q of the residuals R = Q C. */
        @Override
        public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
            SquareBlock factor = orthonormalise(r, monitor);
            SquareBlock coefficients = factor;
            System.arraycopy(z, 0, p, 0, z.length);
            while (monitor.running()) {
                system.multiply(p, ap);
                SquareBlock energies = gram(p, ap);
                SquareBlock.Factor energy = energies.factor();
                if (!energy.definite() || !energies.isPositiveOnSupportOf(factor)) {
                    stop(monitor);
                    return;
                }
                SquareBlock step = energy.gramInverse();
                space.blockAxpy(p, step.times(coefficients).values(), x);
                space.blockAxpy(ap, step.negated().values(), r);
                monitor.advance(norms(r, coefficients));
                if (!monitor.running()) {
                    return;
                }
                factor = orthonormalise(r, monitor);
                space.blockScale(p, factor.transposed().values());
                space.axpy(space.scalars(1), z, p);
                coefficients = factor.times(coefficients);
            }
        }

        /** Makes the columns of q orthonormal in the inner product of M⁻¹, and z = M⁻¹ q; returns S with q_old = q S. */
        private SquareBlock orthonormalise(double[] q, ConvergenceMonitor monitor) {
            system.precondition(q, z);
            SquareBlock.Factor factor = gram(q, z).factor();
            if (!factor.definite()) {
                stop(monitor);
            }
            double[] inverse = factor.inverse().values();
            space.blockScale(q, inverse);
            space.blockScale(z, inverse);
            return factor.upper();
        }

        private SquareBlock gram(double[] left, double[] right) {
            return new SquareBlock(space.width(), space.grams(List.of(left), right)[0]);
        }

        private double[] norms(double[] q, SquareBlock coefficients) {
            SquareBlock gram = gram(q, q);
            double[] norms = new double[space.width()];
            for (int j = 0; j < norms.length; j++) {
                norms[j] = Math.sqrt(Math.max(0, gram.quadratic(coefficients, j)));
            }
            return norms;
        }

        private void stop(ConvergenceMonitor monitor) {
            for (int j = 0; j < space.width(); j++) {
                monitor.stop(j, Status.INDEFINITE);
            }
        }
    }
}
