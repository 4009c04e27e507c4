// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.derive.LinearOperator;
import org.sparkjno.kernels.derive.LinearSolve;
import org.sparkjno.kernels.derive.LinearSolver;
import org.sparkjno.kernels.derive.LinearSystem;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * Solutions of sparse linear systems as values of a graph. They are differentiated in all modes and orders, with respect
 * to right-hand sides and stored values: a tangent solves A dx = db − dA x, a gradient Aᵀλ = g with {@code dL/db = λ} and
 * {@code dL/dA_k = −λ[row_k] x[column_k]} on the stored pattern alone (M. Blondel et al., "Efficient and Modular Implicit
 * Differentiation", 2022). Derivatives are as exact as the solves.
 *
 * <p>All solves of a matrix, those of derivatives and of the transposed matrix too, share one set-up, and all obey one
 * policy on failure. Immutable.
 *
 * <p>Values are {@code [entries]} in the order of the pattern, f32 or f64; right-hand sides are {@code [n]}, or
 * {@code [n, width]} for several. A batch of matrices of one pattern has values {@code [batch, entries]} and right-hand
 * sides {@code [batch, n]} or {@code [batch, n, width]}. Solutions are iterated in double precision,
 * with a preconditioner in single where {@link org.sparkjno.amg.cycle.Precision} says so.
 */
public final class SparseSolve {
    /** Numbers of a report in a graph: iterations, true relative residual, ordinal of the status. */
    static final int REPORTED = 3;

    private final SetupCache cache;
    private final SetupCache.Configuration configuration;
    private final OnFailure onFailure;
    private final SolveListener listener;
    private final Team team;

    private SparseSolve(
            SetupCache cache,
            SetupCache.Configuration configuration,
            OnFailure onFailure,
            SolveListener listener,
            Team team) {
        this.cache = Objects.requireNonNull(cache, "cache");
        this.configuration = configuration;
        this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.team = Objects.requireNonNull(team, "team");
    }

    /** Solves with a cache of their own that throw a {@link SolveException} when one does not converge. */
    public static SparseSolve by(SparseSolver solver) {
        return new SparseSolve(
                SetupCache.standard(),
                new SetupCache.Configuration(solver, Reuse.REBUILD),
                OnFailure.THROW,
                SolveListener.NONE,
                Team.serial());
    }

    /** The same solves with another cache, which others may share. */
    public SparseSolve cachedIn(SetupCache shared) {
        return new SparseSolve(shared, configuration, onFailure, listener, team);
    }

    /** The same solves, that keep so much of a set-up when values change and the pattern does not. */
    public SparseSolve reusing(Reuse reuse) {
        return new SparseSolve(
                cache, new SetupCache.Configuration(configuration.solver(), reuse), onFailure, listener, team);
    }

    /** The same solves with another policy; set-ups are shared. */
    public SparseSolve onFailure(OnFailure policy) {
        return new SparseSolve(cache, configuration, policy, listener, team);
    }

    /** The same solves, reported to a listener; set-ups are shared. */
    public SparseSolve reportingTo(SolveListener other) {
        return new SparseSolve(cache, configuration, onFailure, other, team);
    }

    /** The same solves, where threads share the matrices of a batch; set-ups are shared. */
    public SparseSolve sharedBy(Team threads) {
        return new SparseSolve(cache, configuration, onFailure, listener, threads);
    }

    /** Where set-ups are kept. */
    public SetupCache cache() {
        return cache;
    }

    /** The threads that share the matrices of a batch. */
    Team team() {
        return team;
    }

    /**
     * Solutions with what is known of them.
     *
     * @param value of the type of the right-hand sides
     * @param reports per right-hand side its iterations, true relative residual ‖b − Ax‖₂ / ‖b‖₂ and the ordinal of its
     *     {@link SolveReport.Status}: f64, the axes of the right-hand sides without that of the unknowns, then 3
     */
    public record Solution(Value value, Value reports) {}

    /**
     * The x with A x = rhs.
     *
     * @param pattern of A, square
     * @param values stored values of A
     * @param rhs of the type of x
     * @throws ShapeException when shapes or element types do not fit
     */
    public Value solve(Pattern pattern, Value values, Value rhs) {
        LinearOperator operator = operator(pattern, values, rhs);
        return LinearSolve.solve(operator, rhs, solver(pattern));
    }

    /**
     * The x with A x = rhs, by an iteration that starts from a guess. The derivative in the guess is exactly zero; solves
     * for derivatives start from zero.
     *
     * @param guess of the type of {@code rhs}
     */
    public Value solve(Pattern pattern, Value values, Value rhs, Value guess) {
        LinearOperator operator = operator(pattern, values, rhs);
        return LinearSolve.solve(operator, rhs, guess, solver(pattern));
    }

    /** The x with A x = rhs, with its reports. */
    public Solution solveAndReport(Pattern pattern, Value values, Value rhs) {
        // The same call as that behind the solution, with which it is merged.
        Value reports = call(pattern, new LinearSystem(operator(pattern, values, rhs), rhs))
                .get(1);
        return new Solution(solve(pattern, values, rhs), CustomDerivatives.stopGradient(reports));
    }

    /** The complex x with A x = rhs, by the equivalent real system of twice the size. */
    public ComplexPair solve(Pattern pattern, ComplexPair values, ComplexPair rhs) {
        SystemShape.of(pattern, values.re().type(), rhs.re().type());
        RealEquivalent real = RealEquivalent.of(pattern);
        return real.split(solve(real.pattern(), real.values(values), real.joined(rhs, values)), values);
    }

    private static LinearOperator operator(Pattern pattern, Value values, Value rhs) {
        SystemShape shape = SystemShape.of(pattern, values.type(), rhs.type());
        return LinearOperator.of(List.of(values), (x, known) -> shape.product(known.get(0), x), rhs.type());
    }

    private LinearSolver solver(Pattern pattern) {
        return system -> call(pattern, system).get(0);
    }

    private List<Value> call(Pattern pattern, LinearSystem system) {
        LinearOperator operator = system.operator();
        SolveKind kind = SolveKind.of(system);
        Value values = operator.parameters().get(0);
        SolveFunction function = new SolveFunction(this, pattern, kind, operator.isTransposed(), values.dtype());
        return system.guess()
                .map(guess -> HostOp.call(function, values, system.rhs(), guess))
                .orElseGet(() -> HostOp.call(function, values, system.rhs()));
    }

    /** Solves now. */
    List<SolveReport> solve(
            CsrMatrix matrix, double[] b, double[] x, int width, SolveKind kind, boolean transposed, int batch) {
        List<SolveReport> reports = cache.get(configuration, matrix).solve(b, x, width, transposed);
        for (int column = 0; column < reports.size(); column++) {
            listener.solved(kind, batch, column, reports.get(column));
        }
        reports.stream()
                .filter(report -> !report.converged())
                .findFirst()
                .ifPresent(failed -> judge(kind, matrix, failed, reports));
        return reports;
    }

    private void judge(SolveKind kind, CsrMatrix matrix, SolveReport failed, List<SolveReport> reports) {
        String message = "The " + kind + " solve with a " + matrix + " failed: " + failed + ". "
                + failed.status().remedy();
        switch (onFailure) {
            case THROW -> throw new SolveException(message, reports);
            case WARN -> System.getLogger(SparseSolve.class.getName()).log(Level.WARNING, message);
            case RETURN -> {}
        }
    }
}
