// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.krylov.BiCgStab;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.GaussSeidel;

/**
 * Solves with a matrix whose rows are divided over ranks: a Krylov method whose inner products are all-reduced, with one
 * V-cycle of classical multigrid across the boundaries. All ranks call each method together, and what is thrown on one is
 * thrown on all.
 */
public final class DistributedSolver {
    private final DistributedHierarchy hierarchy;
    private final KrylovSolver solver;
    private final Team team;
    private final Side plain;
    /** The transposed matrix, if it is another one. */
    private final Optional<DistributedMatrix> transposed;
    /** Made when first asked for. */
    private Side turned;

    /** A matrix or its transpose with its preconditioner. */
    private record Side(DistributedMatrix matrix, DistributedMultigrid preconditioner) {}

    private DistributedSolver(
            DistributedMatrix matrix, Optional<DistributedMatrix> transposed, KrylovSolver solver, Team team) {
        DistributedMatrix mirrored = transposed
                .map(other -> DistributedSymmetry.withPatternOf(matrix, other))
                .orElse(matrix);
        this.hierarchy = DistributedHierarchy.of(mirrored, team);
        this.plain = new Side(matrix, DistributedMultigrid.of(hierarchy, GaussSeidel::of, team));
        this.transposed = transposed;
        this.solver = solver;
        this.team = team;
    }

    /**
     * Sets up.
     *
     * @param matrix square
     * @param solver method, stopping criterion and policy, the same on every rank
     * @param team the threads of this rank
     * @throws IllegalArgumentException if a diagonal entry is zero, or the method needs a symmetric matrix and this one is
     *     not
     */
    public static DistributedSolver of(DistributedMatrix matrix, KrylovSolver solver, Team team) {
        Objects.requireNonNull(solver, "solver");
        Agreement.on(matrix.world(), objectionToDiagonal(matrix));
        Optional<DistributedMatrix> transposed = DistributedSymmetry.otherTranspose(matrix);
        if (solver.method().requirements().symmetry() && transposed.isPresent()) {
            throw new IllegalArgumentException(solver.method() + " work for symmetric matrices, but this " + matrix
                    + " is not one; take GMRES or BiCGStab.");
        }
        return new DistributedSolver(matrix, transposed, solver, team);
    }

    /** Sets up conjugate gradients for a symmetric matrix, BiCGStab(2) for another one. */
    public static DistributedSolver auto(
            DistributedMatrix matrix, StoppingCriterion criterion, OnFailure onFailure, Team team) {
        Agreement.on(matrix.world(), objectionToDiagonal(matrix));
        Optional<DistributedMatrix> transposed = DistributedSymmetry.otherTranspose(matrix);
        KrylovMethod method = transposed.isEmpty() ? new ConjugateGradient() : new BiCgStab(2);
        return new DistributedSolver(matrix, transposed, new KrylovSolver(method, criterion, onFailure), team);
    }

    private static String objectionToDiagonal(DistributedMatrix matrix) {
        CsrMatrix own = matrix.own();
        for (int i = 0; i < own.rows(); i++) {
            if (own.get(i, i) == 0) {
                long row = matrix.rows().start(matrix.world().rank()) + i;
                return "The diagonal entry of row " + row + " is zero, and Gauss-Seidel divides by it; reorder the"
                        + " equations.";
            }
        }
        return "";
    }

    /** The levels. */
    public DistributedHierarchy hierarchy() {
        return hierarchy;
    }

    /** The Krylov method with its criterion. */
    public KrylovSolver krylov() {
        return solver;
    }

    /** Solves A X = B, see {@link #solve(double[], double[], int, boolean)}. */
    public List<SolveReport> solve(double[] b, double[] x, int width) {
        return solve(b, x, width, false);
    }

    /**
     * Solves A X = B or Aᵀ X = B with the same set-up.
     *
     * @param b this rank's components of the right-hand sides, (rows x width)
     * @param x this rank's components of the initial guesses on entry, of the solutions on return
     * @param width the same on every rank
     * @param isTransposed whether the matrix is transposed
     * @return one report per right-hand side, the same on every rank
     * @throws IllegalArgumentException on all ranks if vectors of one have a wrong length or are not finite
     * @throws org.sparkjno.amg.krylov.SolveException on all ranks if the tolerance is not reached and the policy is to
     *     throw
     */
    public List<SolveReport> solve(double[] b, double[] x, int width, boolean isTransposed) {
        Side side = isTransposed ? turned() : plain;
        DistributedMatrix matrix = side.matrix();
        long first = matrix.rows().start(matrix.world().rank());
        int rows = matrix.own().rows();
        String objection = objection("right-hand side", b, rows, first, width);
        Agreement.on(
                matrix.world(), objection.isEmpty() ? objection("initial guess", x, rows, first, width) : objection);
        DistributedSpace space = new DistributedSpace(matrix.world(), first, new LocalSpace(rows, width, team));
        return solver.solve(map(matrix), space, b, x, side.preconditioner());
    }

    private Side turned() {
        if (turned == null) {
            turned = transposed
                    .map(matrix -> new Side(matrix, plain.preconditioner().transposed()))
                    .orElse(plain);
        }
        return turned;
    }

    private static String objection(String what, double[] vectors, int rows, long first, int width) {
        if (vectors.length != (long) rows * width) {
            return "The " + what + " has " + vectors.length + " values, but this rank has " + rows + " rows and there"
                    + " are " + width + " right-hand sides.";
        }
        for (int k = 0; k < vectors.length; k++) {
            if (!Double.isFinite(vectors[k])) {
                return "Row " + (first + k / width) + " of the " + what + " is " + vectors[k] + ".";
            }
        }
        return "";
    }

    private LinearMap map(DistributedMatrix matrix) {
        return new LinearMap() {
            @Override
            public int rows() {
                return matrix.own().rows();
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
    }
}
