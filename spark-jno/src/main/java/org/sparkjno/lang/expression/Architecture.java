// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.List;
import org.sparkjno.nn.Model;
import org.sparkjno.nn.Weights;

/** What a network does with arguments along named axes. Nothing is guessed from ranks: each architecture says it. */
public interface Architecture extends Model {
    /**
     * Where the result has values, and of which shape.
     *
     * @throws ExpressionException when it does not take such arguments
     */
    Space infer(List<Space> arguments);

    /** Whether the result at a point depends on the arguments at that point only. */
    boolean isPointwise();

    /**
     * The result.
     *
     * @param weights of this architecture, by relative names
     * @param arguments as expressions gave them, each along its own axes
     * @param setting what points lie on
     */
    Traced apply(Weights weights, List<Traced> arguments, Setting setting);
}
