// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.Optional;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * A linear system, as a solver gets it.
 *
 * @param operator what is applied to the unknowns
 * @param rhs what it is to give
 * @param guess where an iteration may start; zero if there is none
 * @param isDerivative whether the solution is a tangent or a cotangent of another one
 */
public record LinearSystem(LinearOperator operator, Value rhs, Optional<Value> guess, boolean isDerivative) {
    public LinearSystem {
        require("right-hand side", operator, rhs);
        guess.ifPresent(start -> require("initial guess", operator, start));
    }

    /** A system without an initial guess. */
    public LinearSystem(LinearOperator operator, Value rhs) {
        this(operator, rhs, Optional.empty(), false);
    }

    private static void require(String what, LinearOperator operator, Value value) {
        if (!value.type().equals(operator.type())) {
            throw new ShapeException("The " + what + " of a linear system in " + operator.type()
                    + " needs that type, but is " + value.type() + ".");
        }
    }
}
