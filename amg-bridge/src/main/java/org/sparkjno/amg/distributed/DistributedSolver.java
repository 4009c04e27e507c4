// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.List;
import java.util.Objects;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.GaussSeidel;

/**
 * Solves with a matrix whose rows are divided over ranks: a Krylov method whose inner products are all-reduced, with one
 * V-cycle of smoothed aggregation across the boundaries. Immutable once set up; all ranks call each method together.
 */
public final class DistributedSolver {
    private final DistributedMatrix matrix;
    private final DistributedHierarchy hierarchy;
    private final DistributedMultigrid preconditioner;
    private final KrylovSolver solver;
    private final Team team;

    private DistributedSolver(
            DistributedMatrix matrix,
            DistributedHierarchy hierarchy,
            DistributedMultigrid preconditioner,
            KrylovSolver solver,
            Team team) {
        this.matrix = matrix;
        this.hierarchy = hierarchy;
        this.preconditioner = preconditioner;
        this.solver = solver;
        this.team = team;
    }

    /**
     * Sets up.
     *
     * @param matrix symmetric positive definite
     * @param solver method, stopping criterion and policy, the same on every rank
     * @param team the threads of this rank
     */
    public static DistributedSolver of(DistributedMatrix matrix, KrylovSolver solver, Team team) {
        Objects.requireNonNull(solver, "solver");
        DistributedHierarchy hierarchy = DistributedHierarchy.of(matrix);
        DistributedMultigrid preconditioner = DistributedMultigrid.of(hierarchy, GaussSeidel::of, team);
        return new DistributedSolver(matrix, hierarchy, preconditioner, solver, team);
    }

    /** The levels. */
    public DistributedHierarchy hierarchy() {
        return hierarchy;
    }

    /**
     * Solves A X = B.
     *
     * @param b this rank's components of the right-hand sides, (rows x width)
     * @param x this rank's components of the initial guesses on entry, of the solutions on return
     * @return one report per right-hand side, the same on every rank
     */
    public List<SolveReport> solve(double[] b, double[] x, int width) {
        int rank = matrix.world().rank();
        int rows = matrix.own().rows();
        LinearMap map = new LinearMap() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public void apply(double[] input, double[] output, int columns) {
                matrix.multiply(input, output, columns, team);
            }

            @Override
            public String toString() {
                return matrix.toString();
            }
        };
        DistributedSpace space =
                new DistributedSpace(matrix.world(), matrix.rows().start(rank), new LocalSpace(rows, width, team));
        return solver.solve(map, space, b, x, preconditioner);
    }
}
