// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import java.util.Objects;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.solve.SparseSolve;
import org.sparkjno.kernels.derive.LinearSolver;
import org.sparkjno.kernels.derive.LinearSystem;
import org.sparkjno.kernels.graph.Value;

/**
 * Solves the linear systems of a graph with their sparse matrices: those of Newton's method and of the derivatives of
 * implicit functions, for example. Each operator is assembled where it is solved with, a transposed one, too.
 *
 * @param sparse solves with the matrices
 */
public record AssemblingSolver(SparseSolve sparse) implements LinearSolver {
    public AssemblingSolver {
        Objects.requireNonNull(sparse, "sparse");
    }

    @Override
    public Value solve(LinearSystem system) {
        OperatorMatrix matrix =
                OperatorMatrix.of(system.operator()::apply, system.operator().type());
        Pattern pattern = matrix.pattern();
        Value rhs = system.rhs().reshape(pattern.rows());
        Value solution = system.guess()
                .map(guess -> sparse.solve(pattern, matrix.values(), rhs, guess.reshape(pattern.rows())))
                .orElseGet(() -> sparse.solve(pattern, matrix.values(), rhs));
        return solution.reshape(system.rhs().shape());
    }
}
