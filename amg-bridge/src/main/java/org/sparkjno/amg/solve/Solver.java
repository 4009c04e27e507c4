// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparkjno.amg.cycle.Precision;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.parallel.Team;

/**
 * Solves sparse linear systems, and chooses by itself what is not set: looks at the matrix, picks preconditioner and Krylov
 * method, says why, and tries the next way where one stagnates. Immutable.
 *
 * <pre>{@code
 * double[] x = Solver.auto().solve(a, b).values();
 * }</pre>
 */
public final class Solver implements SparseSolver {
    private static final double TOLERANCE = 1e-8;
    /** A good way needs far fewer; a way that needs more gives way to the next. */
    private static final int ITERATIONS = 300;

    private final Settings settings;

    private Solver(Settings settings) {
        this.settings = settings;
    }

    /**
     * All that can be set.
     *
     * @param criterion when to stop; the limit of iterations holds for each way that is tried
     * @param onFailure what {@link Solver#solve} does when no way reaches the tolerance
     * @param method the Krylov method, if not chosen
     * @param preconditioning the preconditioner, if not chosen
     * @param blockSize unknowns per node; 0 to look for blocks
     * @param nearNullSpace what coarse levels must represent, if not constants
     * @param nullSpaces of singular matrices, if not looked for
     * @param symmetric what the caller says of symmetry, to be checked
     * @param precision of multigrid cycles, if not chosen
     * @param team threads
     */
    public record Settings(
            StoppingCriterion criterion,
            OnFailure onFailure,
            Optional<KrylovMethod> method,
            Optional<Preconditioning> preconditioning,
            int blockSize,
            Optional<NearNullSpace> nearNullSpace,
            Optional<NullSpaces> nullSpaces,
            Optional<Boolean> symmetric,
            Optional<Precision> precision,
            Team team) {
        public Settings {
            Objects.requireNonNull(criterion, "criterion");
            Objects.requireNonNull(onFailure, "onFailure");
            Objects.requireNonNull(team, "team");
            if (blockSize < 0) {
                throw new IllegalArgumentException("A node has at least one unknown, but " + blockSize + " are set.");
            }
        }
    }

    /** Everything chosen by itself, to a true relative residual of 1e-8, throwing if that is not reached, on one thread. */
    public static Solver auto() {
        return of(new Settings(
                StoppingCriterion.relative(TOLERANCE).atMost(ITERATIONS),
                OnFailure.THROW,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Team.serial()));
    }

    /** With these settings. */
    public static Solver of(Settings settings) {
        return new Solver(settings);
    }

    /** The settings. */
    public Settings settings() {
        return settings;
    }

    /** The same to another true relative residual ‖b − Ax‖₂ / ‖b‖₂. */
    public Solver tolerance(double relative) {
        StoppingCriterion known = settings.criterion();
        return with(
                draft -> draft.criterion = new StoppingCriterion(relative, known.absolute(), known.iterationLimit()));
    }

    /** The same with another limit of iterations for each way that is tried. */
    public Solver iterationLimit(int iterations) {
        return with(draft -> draft.criterion = draft.criterion.atMost(iterations));
    }

    /** The same with another policy. */
    public Solver onFailure(OnFailure policy) {
        return with(draft -> draft.onFailure = policy);
    }

    /** The same with a Krylov method of choice. */
    public Solver method(KrylovMethod method) {
        return with(draft -> draft.method = Optional.of(method));
    }

    /** The same with a preconditioner of choice. */
    public Solver preconditioning(Preconditioning preconditioning) {
        return with(draft -> draft.preconditioning = Optional.of(preconditioning));
    }

    /** The same for nodes of several unknowns, which follow each other. */
    public Solver blockSize(int unknowns) {
        return with(draft -> draft.blockSize = unknowns);
    }

    /** The same with vectors that coarse levels must represent, such as rigid body motions. */
    public Solver nearNullSpace(NearNullSpace vectors) {
        return with(draft -> draft.nearNullSpace = Optional.of(vectors));
    }

    /** The same for singular matrices of known null spaces. */
    public Solver nullSpaces(NullSpaces spaces) {
        return with(draft -> draft.nullSpaces = Optional.of(spaces));
    }

    /** The same with a word on symmetry, which is checked: a matrix that breaks it is refused. */
    public Solver symmetric(boolean claim) {
        return with(draft -> draft.symmetric = Optional.of(claim));
    }

    /** The same with another precision of multigrid cycles; residuals and Krylov methods are in double precision always. */
    public Solver precision(Precision precision) {
        return with(draft -> draft.precision = Optional.of(precision));
    }

    /** The same with so many threads. */
    public Solver threads(int threads) {
        return with(draft -> draft.team = Team.of(threads));
    }

    private Solver with(Consumer<Draft> change) {
        Draft draft = new Draft(settings);
        change.accept(draft);
        return of(draft.settings());
    }

    /** Settings while one of them is changed. */
    private static final class Draft {
        private StoppingCriterion criterion;
        private OnFailure onFailure;
        private Optional<KrylovMethod> method;
        private Optional<Preconditioning> preconditioning;
        private int blockSize;
        private Optional<NearNullSpace> nearNullSpace;
        private Optional<NullSpaces> nullSpaces;
        private Optional<Boolean> symmetric;
        private Optional<Precision> precision;
        private Team team;

        Draft(Settings known) {
            criterion = known.criterion();
            onFailure = known.onFailure();
            method = known.method();
            preconditioning = known.preconditioning();
            blockSize = known.blockSize();
            nearNullSpace = known.nearNullSpace();
            nullSpaces = known.nullSpaces();
            symmetric = known.symmetric();
            precision = known.precision();
            team = known.team();
        }

        Settings settings() {
            return new Settings(
                    criterion,
                    onFailure,
                    method,
                    preconditioning,
                    blockSize,
                    nearNullSpace,
                    nullSpaces,
                    symmetric,
                    precision,
                    team);
        }
    }

    /**
     * A solution.
     *
     * @param values x
     * @param report iterations, true residual and status
     * @param strategy the way that led there
     * @param reason which way was tried first, and why
     */
    public record Solution(double[] values, SolveReport report, Strategy strategy, String reason) {}

    /**
     * Solves A x = b.
     *
     * @param a n x n
     * @param b n values
     * @throws IllegalArgumentException if the matrix or the right-hand side is unfit; one sentence says why
     * @throws SolveException if no way reaches the tolerance and the policy is to throw
     */
    public Solution solve(CsrMatrix a, double[] b) {
        PreparedSystem system = prepare(a);
        double[] x = new double[b.length];
        PreparedSystem.Answer answer = system.answer(b, x, 1, false);
        SolveReport report = answer.reports().get(0);
        if (!report.converged() && settings.onFailure() == OnFailure.THROW) {
            throw new SolveException(
                    "No way to solve with a " + a + " reached " + settings.criterion() + ": " + report + "; "
                            + system.reason() + ". " + report.status().remedy(),
                    List.of(report));
        }
        return new Solution(x, report, answer.strategy(), system.reason());
    }

    /**
     * A solution in single precision.
     *
     * @param values x, rounded
     * @param report iterations and status; the residual is that of x before rounding
     * @param reason which way led there, and why it was chosen
     */
    public record RoundedSolution(float[] values, SolveReport report, String reason) {}

    /** Solves A x = b in single precision from outside: residuals inside are in double precision, as for {@code double[]}. */
    public RoundedSolution solve(CsrMatrix a, float[] b) {
        double[] wide = new double[b.length];
        Arrays.setAll(wide, i -> b[i]);
        Solution solution = solve(a, wide);
        float[] x = new float[b.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) solution.values()[i];
        }
        return new RoundedSolution(x, solution.report(), solution.reason());
    }

    /**
     * Looks at a matrix and sets up the first way to solve with it.
     *
     * @throws IllegalArgumentException if the matrix is unfit; one sentence says why
     */
    @Override
    public PreparedSystem prepare(CsrMatrix matrix) {
        return PreparedSystem.of(matrix, settings);
    }

    /** Takes levels that were set up elsewhere, as after a broadcast. */
    public PreparedSystem prepare(Hierarchy hierarchy) {
        return PreparedSystem.of(hierarchy, settings);
    }

    /** Solvers of equal settings are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Solver that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
