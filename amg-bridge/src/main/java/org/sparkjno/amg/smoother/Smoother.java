// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Optional;
import org.sparkjno.amg.compiled.Real;

/**
 * A stationary iteration for one matrix A. Immutable; threads share it, each with an application of its own.
 *
 * <p>The two halves are adjoint to each other in the A inner product, which keeps a V-cycle symmetric and fit to
 * precondition conjugate gradients. For a nonsymmetric A, the halves of the same smoother on Aᵀ are the transposes of
 * these in exchanged places, so the cycle on the transposed levels is the transposed cycle.
 */
public interface Smoother {
    /**
     * A fresh application with a workspace of its own, for one thread at a time.
     *
     * @param width number of vectors it takes at once, row after row
     */
    Application begin(int width);

    /**
     * The same smoother as machine code.
     *
     * @param earlier that of a matrix of the same pattern, if there is one: what depends on the pattern alone is kept
     * @return empty if this smoother has no such form
     */
    default <V> Optional<CompiledSmoother<V>> compiled(Real<V> real, Optional<CompiledSmoother<V>> earlier) {
        return Optional.empty();
    }

    /** One use of a smoother in Java. */
    interface Application extends Halves<double[]> {
        /** These halves. */
        static Application of(Halves<double[]> halves) {
            return new Application() {
                @Override
                public void before(double[] b, double[] x, double[] r) {
                    halves.before(b, x, r);
                }

                @Override
                public void after(double[] b, double[] x, double[] r) {
                    halves.after(b, x, r);
                }
            };
        }
    }
}
