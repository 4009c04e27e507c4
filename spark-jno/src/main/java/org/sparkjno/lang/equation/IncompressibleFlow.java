// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.equation;

import org.sparkjno.lang.expression.Expression;

/**
 * The residuals of an incompressible flow in the plane.
 *
 * @param momentumX of the momentum along the first coordinate
 * @param momentumY of the momentum along the second
 * @param continuity the divergence of the velocity
 */
public record IncompressibleFlow(Expression momentumX, Expression momentumY, Expression continuity) {
    /** The sum of the three mean squares. */
    public Expression meanSquare() {
        return momentumX.meanSquare().plus(momentumY.meanSquare()).plus(continuity.meanSquare());
    }
}
