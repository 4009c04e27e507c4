// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** A Krylov method at work on one system, with the workspace of one solve. */
@FunctionalInterface
public interface KrylovIteration {
    /**
     * Iterates until no right-hand side is {@linkplain ConvergenceMonitor#running() running} or the method needs a
     * restart. Residuals may be recursive: who calls computes the true ones afterwards and calls again where they
     * disagree. Right-hand sides that do not run keep their x.
     *
     * @param x iterates, updated
     * @param r their true residuals b − A x (0 for right-hand sides that do not run); overwritten
     * @param monitor told of every step
     */
    void run(double[] x, double[] r, ConvergenceMonitor monitor);
}
