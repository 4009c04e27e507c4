// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/**
 * A Krylov method with its options. Immutable. Every method takes several right-hand sides at once and minimises or
 * recurs the residual of the system itself, never that of a preconditioned one.
 */
public sealed interface KrylovMethod
        permits ConjugateGradient,
                FlexibleConjugateGradient,
                PipelinedConjugateGradient,
                BlockConjugateGradient,
                MinimalResidual,
                BiCgStab,
                Gmres,
                FlexibleGmres,
                InducedDimensionReduction {
    /** What the method takes for granted. */
    Requirements requirements();

    /** Products with A, and applications of M⁻¹, of one iteration as the field counts it. */
    default int productsPerIteration() {
        return 1;
    }

    /** The method at work on a system, with a new workspace. */
    KrylovIteration begin(PreconditionedSystem system);
}
