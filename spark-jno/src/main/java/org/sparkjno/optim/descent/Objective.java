// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

/**
 * A loss that a {@link LineSearchMethod} evaluates. It must give the same numbers whenever it is asked at the same
 * point.
 */
@FunctionalInterface
public interface Objective {
    /**
     * The loss and its gradient.
     *
     * @param parameters where; not to be changed or kept
     * @param gradient is overwritten, as long as the parameters
     * @return the loss; where there is none, NaN or an infinity, and the search comes back to where it was finite
     */
    double valueAndGradient(double[] parameters, double[] gradient);
}
