// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import org.sparkjno.kernels.graph.Value;

/**
 * Solves linear systems in traced computations. Only values matter: derivatives of a solution are solutions again, see
 * {@link LinearSolve}, so that a solver needs none of its own.
 */
@FunctionalInterface
public interface LinearSolver {
    /** The solution of a system, of the type of its right-hand side. */
    Value solve(LinearSystem system);

    /** Elimination of the whole system: n² numbers and n³ operations for n unknowns. */
    static LinearSolver dense() {
        return system -> Elimination.solve(
                system.operator(),
                system.rhs(),
                1,
                Math.toIntExact(system.rhs().shape().size()));
    }

    /** Elimination of many small systems: unknowns lie along the last axis, all others count independent systems. */
    static LinearSolver blocks() {
        return system -> {
            Value rhs = system.rhs();
            int unknowns = rhs.shape().rank() == 0 ? 1 : rhs.shape().dim(-1);
            int systems = unknowns == 0 ? 0 : Math.toIntExact(rhs.shape().size() / unknowns);
            return Elimination.solve(system.operator(), rhs, systems, unknowns);
        };
    }

    /** Division: every element is a system of its own. */
    static LinearSolver elements() {
        return system -> {
            Value rhs = system.rhs();
            return rhs.div(system.operator().apply(Value.full(rhs.type(), 1)));
        };
    }
}
