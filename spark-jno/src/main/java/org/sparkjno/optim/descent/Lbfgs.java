// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.DType;

/**
 * L-BFGS: D. C. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", Math. Programming
 * 45, 1989, as in J. Nocedal, S. J. Wright, "Numerical optimization", 2nd ed., 2006, algorithm 7.5.
 *
 * @param history steps that are remembered, usually 10 to 50; memory and work grow with it
 * @param search how lengths of steps are found
 * @param stopping when a descent has converged
 */
public record Lbfgs(int history, StrongWolfe search, Stopping stopping) implements LineSearchMethod {
    public Lbfgs {
        if (history < 1) {
            throw new IllegalArgumentException(
                    "L-BFGS remembers at least one step, but got a history of " + history + ".");
        }
    }

    /** The method for a loss in double precision, with 50 steps remembered. */
    public static Lbfgs of() {
        return new Lbfgs(50, StrongWolfe.of(DType.F64), Stopping.late());
    }

    /** The same with another history. */
    public Lbfgs history(int steps) {
        return new Lbfgs(steps, search, stopping);
    }

    @Override
    public DescentState begin(double[] parameters) {
        return DescentState.at(parameters, new PairCurvature(history, List.of()));
    }

    @Override
    public DescentState resume(Map<String, double[]> arrays) {
        int size = DescentState.required(arrays, "parameters").length;
        return DescentState.of(arrays, PairCurvature.of(history, size, arrays));
    }
}
