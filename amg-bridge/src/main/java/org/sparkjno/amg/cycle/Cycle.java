// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

/** How often each level visits the next coarser one. */
public enum Cycle {
    /** Once. */
    V,
    /** Twice, each visit a W-cycle: for coarse corrections that are not good enough. */
    W,
    /** An F-cycle and then a V-cycle; not symmetric, since the two differ. */
    F,
    /**
     * At most two steps of a flexible Krylov method on each level: as robust as the coarse correction allows, but nonlinear.
     *
     * <p>Notay and Vassilevski, "Recursive Krylov-based multigrid cycles", Numer. Linear Algebra Appl. 15, 2008.
     */
    K;

    /** Whether the cycle is a linear mapping; a nonlinear one needs a flexible Krylov method around it. */
    public boolean isLinear() {
        return this != K;
    }

    /** Whether the cycle is symmetric for symmetric matrices, smoothers and sweeps. */
    public boolean isSymmetric() {
        return this == V || this == W;
    }
}
