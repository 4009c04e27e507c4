// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.Map;

/** What a quasi-Newton method has learnt of the inverse H of the Hessian. */
sealed interface Curvature permits PairCurvature, DenseCurvature {
    /** Whether nothing is known yet, so that directions are negative gradients. */
    boolean isEmpty();

    /** −H·g. */
    double[] direction(double[] gradient);

    /**
     * What is known after a step. This value is used up.
     *
     * @param step s, a multiple of a direction
     * @param change y of the gradient
     * @param oldMetric s·H⁻¹s before this step
     */
    Curvature after(double[] step, double[] change, double oldMetric);

    /** Its numbers by name. */
    Map<String, double[]> arrays();

    /** Whether s·y is positive beyond rounding, which the strong Wolfe conditions make sure of. */
    static boolean isConvex(double[] step, double[] change) {
        return Vectors.dot(step, change) > Math.ulp(1.0) * Vectors.dot(change, change);
    }
}
