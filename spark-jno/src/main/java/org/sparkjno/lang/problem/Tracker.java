// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Space;

/**
 * A number that is watched and not minimised.
 *
 * @param name for reports
 * @param every steps between two looks
 * @param value one number
 */
public record Tracker(String name, int every, Expression value) implements Serializable {
    public Tracker {
        if (!value.space().equals(Space.SCALAR)) {
            throw new ExpressionException("The tracker '" + name + "' has values along " + value.space()
                    + ", but a tracker shows one number; reduce it, for example by mean() or max().");
        }
        if (every < 1) {
            throw new ExpressionException("The tracker '" + name + "' cannot look every " + every + " steps.");
        }
    }
}
