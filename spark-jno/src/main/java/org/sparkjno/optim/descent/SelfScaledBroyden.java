// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.Map;
import org.sparkjno.kernels.graph.DType;

/**
 * BFGS and its self-scaled relatives with the whole inverse Hessian, see {@link SelfScaling}. Memory is eight bytes
 * times the square of the number of parameters, and a step costs about five times as many multiplications; where that
 * is affordable, physics-informed networks reach errors that plain L-BFGS does not.
 *
 * @param scaling which member of the family
 * @param search how lengths of steps are found
 * @param stopping when a descent has converged
 */
public record SelfScaledBroyden(SelfScaling scaling, StrongWolfe search, Stopping stopping)
        implements LineSearchMethod {
    /** At most so many parameters, whose matrix takes 3.2 GB. */
    public static final int LARGEST = 20_000;

    /** The self-scaled Broyden method for a loss in double precision. */
    public static SelfScaledBroyden of() {
        return of(SelfScaling.BROYDEN);
    }

    /** A member of the family for a loss in double precision. */
    public static SelfScaledBroyden of(SelfScaling scaling) {
        return new SelfScaledBroyden(scaling, StrongWolfe.of(DType.F64), Stopping.late());
    }

    @Override
    public DescentState begin(double[] parameters) {
        if (parameters.length > LARGEST) {
            throw new IllegalArgumentException("A method with a dense inverse Hessian takes at most " + LARGEST
                    + " parameters, but got " + parameters.length + "; use L-BFGS.");
        }
        return DescentState.at(parameters, new DenseCurvature(scaling, new double[0]));
    }

    @Override
    public DescentState resume(Map<String, double[]> arrays) {
        double[] inverse = DescentState.required(arrays, "inverse").clone();
        return DescentState.of(arrays, new DenseCurvature(scaling, inverse));
    }
}
