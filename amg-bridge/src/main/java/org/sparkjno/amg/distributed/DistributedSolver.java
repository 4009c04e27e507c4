// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.nullspace.SingularComponents;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.FallBack;
import org.sparkjno.amg.solve.MatrixTraits;

/**
 * Solves with a matrix whose rows are divided over ranks. The ranks look at it together, agree on ways to solve in a stated
 * order, and try the next one where one stagnates. All of them call each method together, and what is thrown on one is
 * thrown on all.
 */
public final class DistributedSolver {
    private final DistributedSettings settings;
    /** The matrix, or its negative where that is the one with a positive diagonal. */
    private final DividedSystem system;

    private final boolean isNegative;
    private final DividedChoice choice;
    private final DividedLevel level;
    private final NullSpaces nullSpaces;
    /** What is set up when first needed: the ranks need it at the same time. */
    private final Map<Side, Optional<Preconditioner>> preconditioners = new HashMap<>();

    /** A preconditioning of the matrix or of its transpose. */
    private record Side(DividedPreconditioning preconditioning, boolean transposed) {}

    private DistributedSolver(DistributedMatrix matrix, DistributedSettings settings, Team team) {
        this.settings = settings;
        DividedSystem given = new DividedSystem(matrix, DistributedSymmetry.otherTranspose(matrix), team);
        DividedTraits traits = DividedTraits.of(given);
        isNegative = traits.isSymmetric() && traits.diagonal() == MatrixTraits.Diagonal.NEGATIVE;
        system = isNegative ? new DividedSystem(matrix.negative(), Optional.empty(), team) : given;
        int blockSize = settings.blockSize() > 0 ? settings.blockSize() : traits.blockSize();
        DividedChoice auto = DividedChoice.of(traits, blockSize);
        choice = settings.method().map(auto::with).orElse(auto);
        requireSymmetry();
        level = level(blockSize);
        nullSpaces = settings.nullSpaces()
                .orElseGet(() -> DistributedComponents.of(system).nullSpaces(new Sides()));
    }

    /**
     * Looks at a matrix, chooses ways to solve with it and sets up the first.
     *
     * @param matrix square
     * @param settings the same on every rank, but for vectors
     * @param team the threads of this rank
     * @throws IllegalArgumentException if a row is zero, nodes or vectors do not fit, or the method set needs a symmetric
     *     matrix and this one is not
     */
    public static DistributedSolver of(DistributedMatrix matrix, DistributedSettings settings, Team team) {
        DistributedSolver solver = new DistributedSolver(matrix, settings, team);
        solver.preconditioner(solver.choice.ways().get(0).preconditioning(), false);
        return solver;
    }

    private void requireSymmetry() {
        Optional<KrylovMethod> method = settings.method();
        if (method.isPresent() && method.get().requirements().symmetry() && !system.isSymmetric()) {
            throw new IllegalArgumentException(method.get() + " work for symmetric matrices, but this "
                    + system.matrix() + " is not one; take GMRES or BiCGStab.");
        }
    }

    private DividedLevel level(int blockSize) {
        int rows = system.matrix().own().rows();
        NearNullSpace nearNull = settings.nearNullSpace().orElse(null);
        String objection = "";
        if (rows % blockSize != 0) {
            objection = "There are " + rows + " rows here, no multiple of the " + blockSize
                    + " unknowns of a node; give whole nodes to each rank.";
        } else if (nearNull != null && nearNull.rows() != rows) {
            objection =
                    "The near-null space has " + nearNull.rows() + " components here, but there are " + rows + " rows.";
        }
        Agreement.on(system.matrix().world(), objection);
        return new DividedLevel(
                system.mirrored(),
                blockSize,
                nearNull == null ? NearNullSpace.constants(rows, blockSize) : nearNull,
                system.team());
    }

    /** Empty if the matrix is beyond it. */
    private Optional<Preconditioner> preconditioner(DividedPreconditioning kind, boolean transposed) {
        Side side = new Side(kind, transposed && !system.isSymmetric());
        Optional<Preconditioner> known = preconditioners.get(side);
        if (known == null) {
            known = side.transposed() ? preconditioner(kind, false).map(Preconditioner::transposed) : made(kind);
            preconditioners.put(side, known);
        }
        return known;
    }

    private Optional<Preconditioner> made(DividedPreconditioning kind) {
        try {
            return kind.of(level);
        } catch (IllegalArgumentException e) {
            // All ranks are here: there is no such smoother for this matrix, and the next way is tried.
            return Optional.empty();
        }
    }

    /** What the search for null spaces asks for. */
    private final class Sides implements SingularComponents.Sides {
        @Override
        public VectorSpace space() {
            return system.space(1);
        }

        @Override
        public LinearMap map(boolean transposed) {
            return system.map(transposed);
        }

        @Override
        public Preconditioner preconditioner(boolean transposed) {
            return DistributedSolver.this
                    .preconditioner(choice.ways().get(0).preconditioning(), transposed)
                    .orElse(Preconditioner.identity());
        }
    }

    /** The levels of the first way, if it is a multigrid method. */
    public Optional<DistributedHierarchy> hierarchy() {
        return preconditioner(choice.ways().get(0).preconditioning(), false)
                .filter(DistributedMultigrid.class::isInstance)
                .map(cycle -> ((DistributedMultigrid) cycle).hierarchy());
    }

    /** The first way, and why it was chosen: one line. */
    public String reason() {
        return choice.ways().get(0) + ": " + choice.reason();
    }

    /** The ways in the order in which they are tried, in words. */
    public List<String> ways() {
        return choice.ways().stream().map(DividedChoice.Way::toString).toList();
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
     * @return one report per right-hand side, the same on every rank; notes tell of ways that came to nothing
     * @throws IllegalArgumentException on all ranks if vectors of one have a wrong length or are not finite
     * @throws org.sparkjno.amg.krylov.SolveException on all ranks if no way reaches the tolerance and the policy is to throw
     */
    public List<SolveReport> solve(double[] b, double[] x, int width, boolean isTransposed) {
        return solve(b, x, width, isTransposed, () -> {});
    }

    /**
     * The same, heard of while it lasts.
     *
     * @param watcher called on this rank before every application of a preconditioner
     */
    public List<SolveReport> solve(double[] b, double[] x, int width, boolean isTransposed, Runnable watcher) {
        DistributedMatrix matrix = system.matrix(isTransposed);
        long first = matrix.rows().start(matrix.world().rank());
        int rows = matrix.own().rows();
        String objection = objection("right-hand side", b, rows, first, width);
        Agreement.on(
                matrix.world(), objection.isEmpty() ? objection("initial guess", x, rows, first, width) : objection);
        double[] right = isNegative ? Arrays.stream(b).map(v -> -v).toArray() : b;
        List<FallBack.Way> ways = choice.ways().stream()
                .map(way -> new FallBack.Way(
                        way.toString(),
                        way.method(),
                        () -> preconditioner(way.preconditioning(), isTransposed)
                                .map(inverse -> new WatchedPreconditioner(inverse, watcher))))
                .toList();
        LinearMap map = system.map(isTransposed);
        List<SolveReport> reports = new FallBack(
                        ways, settings.criterion(), isTransposed ? nullSpaces.transposed() : nullSpaces)
                .solve(map, system.space(width), right, x)
                .reports();
        KrylovMethod last = ways.get(ways.size() - 1).method();
        new KrylovSolver(last, settings.criterion(), settings.onFailure()).judge(map, reports);
        return reports;
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
}
