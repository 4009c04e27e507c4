// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.SolveKind;
import org.sparkjno.amg.solve.SolveListener;
import org.sparkjno.amg.solve.SparseSolve;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.derive.LinearOperator;
import org.sparkjno.kernels.derive.LinearSolve;
import org.sparkjno.kernels.derive.LinearSystem;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * Solutions of linear systems whose rows are divided over ranks as values of a graph: from this rank's stored values and
 * components of right-hand sides to its components of the solutions. They are differentiated in all modes and orders, across
 * the ranks: a gradient Aᵀλ = g with {@code dL/db = λ} and {@code dL/dA_k = −λ[row_k] x[column_k]}, where x is fetched from
 * the rank that has it. Derivatives are those of the sum of all ranks' outputs, as with all operations across ranks.
 *
 * <p>All ranks run the same graph at the same time, one invocation at a time. The solves of a matrix, those of derivatives
 * and of the transposed matrix too, share one set-up while its values stay. Solves are made in double precision.
 */
public final class DistributedSolve {
    /** Numbers of a report in a graph, as of {@link SparseSolve.Solution}. */
    static final int REPORTED = 3;

    private final DistributedPattern pattern;
    private final LatestSolver solvers;
    private final SolveListener listener;

    private DistributedSolve(DistributedPattern pattern, LatestSolver solvers, SolveListener listener) {
        this.pattern = pattern;
        this.solvers = solvers;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Solves for matrices of one pattern; made by all ranks together.
     *
     * @param settings of all solves, those of derivatives too
     * @param team the threads of this rank
     * @throws IllegalArgumentException on all ranks if one has no rows
     */
    public static DistributedSolve of(DistributedPattern pattern, DistributedSettings settings, Team team) {
        Objects.requireNonNull(settings, "settings");
        Agreement.on(
                pattern.world(),
                pattern.localRows() == 0 ? "A solve in a graph needs rows on every rank; take fewer ranks." : "");
        LatestSolver solvers = new LatestSolver(pattern, matrix -> DistributedSolver.of(matrix, settings, team));
        return new DistributedSolve(pattern, solvers, SolveListener.NONE);
    }

    /** The same solves, reported to a listener on this rank; set-ups are shared. */
    public DistributedSolve reportingTo(SolveListener other) {
        return new DistributedSolve(pattern, solvers, other);
    }

    /**
     * This rank's components of the x with A x = rhs.
     *
     * @param values of this rank's entries, {@code [entries]} in the order of its block, f32 or f64
     * @param rhs this rank's components, {@code [rows]} or {@code [rows, width]}, of the same element type
     * @throws ShapeException when shapes or element types do not fit
     */
    public Value solve(Value values, Value rhs) {
        require(values.type(), rhs.type());
        Value right = rhs.cast(DType.F64);
        LinearOperator operator = operator(values.cast(DType.F64), right);
        return LinearSolve.solve(operator, right, system -> call(system).get(0)).cast(rhs.dtype());
    }

    /** The same with what is known of the solves: iterations, true relative residuals and statuses. */
    public SparseSolve.Solution solveAndReport(Value values, Value rhs) {
        require(values.type(), rhs.type());
        Value right = rhs.cast(DType.F64);
        // The same call as that behind the solution, with which it is merged.
        Value reports = call(new LinearSystem(operator(values.cast(DType.F64), right), right))
                .get(1);
        return new SparseSolve.Solution(solve(values, rhs), CustomDerivatives.stopGradient(reports));
    }

    private LinearOperator operator(Value values, Value rhs) {
        return LinearOperator.of(List.of(values), (x, known) -> product(known.get(0), x), rhs.type());
    }

    /** The image of unknowns under the matrix of these values; fetches those of other ranks. */
    private Value product(Value values, Value unknowns) {
        Value ghosts = new HaloFunction(pattern.halo(), false).of(unknowns);
        Value factors = Value.concat(0, List.of(unknowns, ghosts)).gather(indices(pattern.columns()));
        Value terms = values.broadcast(factors.shape(), List.of(0)).times(factors);
        return terms.scatterAdd(indices(pattern.rowOfEntries()), pattern.localRows());
    }

    private static Value indices(int[] numbers) {
        TensorType type = new TensorType(DType.I32, Shape.of(numbers.length));
        return Value.constant(
                Literal.of(type, Arrays.stream(numbers).asDoubleStream().toArray()));
    }

    private List<Value> call(LinearSystem system) {
        SolveKind kind = SolveKind.of(system);
        DistributedSolveFunction function =
                new DistributedSolveFunction(this, kind, system.operator().isTransposed());
        return HostOp.call(function, system.operator().parameters().get(0), system.rhs());
    }

    private void require(TensorType values, TensorType rhs) {
        List<Integer> right = rhs.shape().dims();
        boolean fits = values.dtype() == rhs.dtype()
                && (rhs.dtype() == DType.F32 || rhs.dtype() == DType.F64)
                && values.shape().dims().equals(List.of(pattern.localEntries()))
                && (right.size() == 1 || right.size() == 2)
                && right.get(0) == pattern.localRows();
        if (!fits) {
            throw new ShapeException("A solve with a " + pattern + " takes values [" + pattern.localEntries()
                    + "] and right-hand sides [" + pattern.localRows() + "] or [" + pattern.localRows()
                    + ", width] on this rank, both f32 or both f64, but got " + values + " and " + rhs + ".");
        }
    }

    /** The type of what is known of each solve. */
    static TensorType reports(TensorType rhs) {
        Shape shape = rhs.shape();
        return new TensorType(DType.F64, shape.rank() == 1 ? Shape.of(REPORTED) : Shape.of(shape.dim(1), REPORTED));
    }

    /** Solves now; made by all ranks together. */
    List<SolveReport> solve(double[] values, double[] b, double[] x, int width, SolveKind kind, boolean isTransposed) {
        try {
            List<SolveReport> reports = solvers.of(values).solve(b, x, width, isTransposed);
            tell(kind, reports);
            return reports;
        } catch (SolveException e) {
            tell(kind, e.reports());
            throw new SolveException("The " + kind + " solve failed: " + e.getMessage(), e.reports());
        }
    }

    private void tell(SolveKind kind, List<SolveReport> reports) {
        for (int column = 0; column < reports.size(); column++) {
            listener.solved(kind, 0, column, reports.get(column));
        }
    }
}
