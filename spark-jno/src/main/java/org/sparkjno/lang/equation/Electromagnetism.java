// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.equation;

import org.sparkjno.lang.expression.Expression;

/**
 * The residuals of J. C. Maxwell's equations.
 *
 * @param faraday {@code μ ∂H/∂t + curl E}, a vector
 * @param ampere {@code ε ∂E/∂t + J − curl H}, a vector
 * @param gauss {@code div(ε E) − ρ}
 * @param gaussMagnetic {@code div(μ H)}
 */
public record Electromagnetism(Expression faraday, Expression ampere, Expression gauss, Expression gaussMagnetic) {
    /** The sum of the four mean squares. */
    public Expression meanSquare() {
        return faraday.meanSquare()
                .plus(ampere.meanSquare())
                .plus(gauss.meanSquare())
                .plus(gaussMagnetic.meanSquare());
    }
}
