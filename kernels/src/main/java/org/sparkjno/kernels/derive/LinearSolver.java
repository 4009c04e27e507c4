// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.Value;

/**
 * Solves linear systems in traced computations. Only values matter: derivatives of a solution are solutions again, see
 * {@link LinearSolve}, so that a solver needs none of its own.
 */
@FunctionalInterface
public interface LinearSolver {
    /**
     * The solution x of {@code operator(x) = rhs}.
     *
     * @param operator linear, from values of the type of {@code rhs} to such values
     * @param rhs right-hand side
     */
    Value solve(UnaryOperator<Value> operator, Value rhs);

    /** Elimination of the whole system: n² numbers and n³ operations for n unknowns. */
    static LinearSolver dense() {
        return (operator, rhs) ->
                Elimination.solve(operator, rhs, 1, Math.toIntExact(rhs.shape().size()));
    }

    /** Elimination of many small systems: unknowns lie along the last axis, all others count independent systems. */
    static LinearSolver blocks() {
        return (operator, rhs) -> {
            int unknowns = rhs.shape().rank() == 0 ? 1 : rhs.shape().dim(-1);
            int systems = unknowns == 0 ? 0 : Math.toIntExact(rhs.shape().size() / unknowns);
            return Elimination.solve(operator, rhs, systems, unknowns);
        };
    }

    /** Division: every element is a system of its own. */
    static LinearSolver elements() {
        return (operator, rhs) -> rhs.div(operator.apply(Value.full(rhs.type(), 1)));
    }
}
