// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Space;

/**
 * One summand of what is minimised.
 *
 * @param name for reports
 * @param weight its factor in the sum
 * @param loss one number
 */
public record Entry(String name, double weight, Expression loss) implements Serializable {
    public Entry {
        if (!loss.space().equals(Space.SCALAR)) {
            throw new ExpressionException("The loss '" + name + "' has values along " + loss.space()
                    + ", but what is minimised is one number; reduce it, for example by meanSquare().");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new ExpressionException(
                    "The weight of the loss '" + name + "' is " + weight + ", but must be positive.");
        }
    }
}
