// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.DType;

/**
 * L-BFGS: D. C. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", Math. Programming
 * 45, 1989, as in J. Nocedal, S. J. Wright, "Numerical optimization", 2nd ed., 2006, algorithm 7.5.
 *
 * <p>With a {@link SelfScaling} every update first scales what was known before, as in {@link SelfScaledBroyden}, of
 * which this is then the form with a limited memory. Physics-informed networks need it, and a memory of some hundreds
 * of steps, for errors that plain L-BFGS does not come to; elsewhere the plain method takes fewer evaluations.
 *
 * @param history steps that are remembered, usually 10 to 50, and 500 to 1000 with a scaling; memory and work grow with
 *     it: two vectors and four products of vectors for each, three and twelve for {@link SelfScaling#BROYDEN}
 * @param scaling what an update does to what was known before; none for the method of Liu and Nocedal
 * @param search how lengths of steps are found
 * @param stopping when a descent has converged
 */
public record Lbfgs(int history, SelfScaling scaling, StrongWolfe search, Stopping stopping)
        implements LineSearchMethod {
    public Lbfgs {
        if (history < 1) {
            throw new IllegalArgumentException(
                    "L-BFGS remembers at least one step, but got a history of " + history + ".");
        }
    }

    /** The method for a loss in double precision, with 50 steps remembered. */
    public static Lbfgs of() {
        return new Lbfgs(50, SelfScaling.NONE, StrongWolfe.of(DType.F64), Stopping.late());
    }

    /** The same with another history. */
    public Lbfgs history(int steps) {
        return new Lbfgs(steps, scaling, search, stopping);
    }

    /** The same with updates that scale what was known before. */
    public Lbfgs scaled(SelfScaling by) {
        return new Lbfgs(history, by, search, stopping);
    }

    @Override
    public DescentState begin(double[] parameters) {
        return DescentState.at(parameters, new PairCurvature(history, scaling, List.of()));
    }

    @Override
    public DescentState resume(Map<String, double[]> arrays) {
        int size = DescentState.required(arrays, "parameters").length;
        return DescentState.of(arrays, PairCurvature.of(history, scaling, size, arrays));
    }
}
