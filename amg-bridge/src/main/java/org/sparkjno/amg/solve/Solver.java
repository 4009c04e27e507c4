// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        return with(new StoppingCriterion(relative, known.absolute(), known.iterationLimit()));
    }

    /** The same with another limit of iterations for each way that is tried. */
    public Solver iterationLimit(int iterations) {
        return with(settings.criterion().atMost(iterations));
    }

    private Solver with(StoppingCriterion criterion) {
        Settings s = settings;
        return of(new Settings(
                criterion,
                s.onFailure(),
                s.method(),
                s.preconditioning(),
                s.blockSize(),
                s.nearNullSpace(),
                s.nullSpaces(),
                s.symmetric(),
                s.team()));
    }

    /** The same with another policy. */
    public Solver onFailure(OnFailure policy) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                policy,
                s.method(),
                s.preconditioning(),
                s.blockSize(),
                s.nearNullSpace(),
                s.nullSpaces(),
                s.symmetric(),
                s.team()));
    }

    /** The same with a Krylov method of choice. */
    public Solver method(KrylovMethod method) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                Optional.of(method),
                s.preconditioning(),
                s.blockSize(),
                s.nearNullSpace(),
                s.nullSpaces(),
                s.symmetric(),
                s.team()));
    }

    /** The same with a preconditioner of choice. */
    public Solver preconditioning(Preconditioning preconditioning) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                s.method(),
                Optional.of(preconditioning),
                s.blockSize(),
                s.nearNullSpace(),
                s.nullSpaces(),
                s.symmetric(),
                s.team()));
    }

    /** The same for nodes of several unknowns, which follow each other. */
    public Solver blockSize(int unknowns) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                s.method(),
                s.preconditioning(),
                unknowns,
                s.nearNullSpace(),
                s.nullSpaces(),
                s.symmetric(),
                s.team()));
    }

    /** The same with vectors that coarse levels must represent, such as rigid body motions. */
    public Solver nearNullSpace(NearNullSpace vectors) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                s.method(),
                s.preconditioning(),
                s.blockSize(),
                Optional.of(vectors),
                s.nullSpaces(),
                s.symmetric(),
                s.team()));
    }

    /** The same for singular matrices of known null spaces. */
    public Solver nullSpaces(NullSpaces spaces) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                s.method(),
                s.preconditioning(),
                s.blockSize(),
                s.nearNullSpace(),
                Optional.of(spaces),
                s.symmetric(),
                s.team()));
    }

    /** The same with a word on symmetry, which is checked: a matrix that breaks it is refused. */
    public Solver symmetric(boolean claim) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                s.method(),
                s.preconditioning(),
                s.blockSize(),
                s.nearNullSpace(),
                s.nullSpaces(),
                Optional.of(claim),
                s.team()));
    }

    /** The same with so many threads. */
    public Solver threads(int threads) {
        Settings s = settings;
        return of(new Settings(
                s.criterion(),
                s.onFailure(),
                s.method(),
                s.preconditioning(),
                s.blockSize(),
                s.nearNullSpace(),
                s.nullSpaces(),
                s.symmetric(),
                Team.of(threads)));
    }

    /**
     * A solution.
     *
     * @param values x
     * @param report iterations, true residual and status
     * @param reason which way led there, and why it was chosen
     */
    public record Solution(double[] values, SolveReport report, String reason) {}

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
        SolveReport report = system.solve(b, x, 1, false).get(0);
        if (!report.converged() && settings.onFailure() == OnFailure.THROW) {
            throw new SolveException(
                    "No way to solve with a " + a + " reached " + settings.criterion() + ": " + report + "; "
                            + system.reason() + ". " + report.status().remedy(),
                    List.of(report));
        }
        return new Solution(x, report, system.reason());
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

    @Override
    public String toString() {
        return settings.toString();
    }
}
