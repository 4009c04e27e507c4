// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Values defined by an equation. They depend on whatever the equation uses; their derivatives follow from the implicit
 * function theorem, {@code r_y dy = −r_p dp}, by a linear solve at the solution: S. Krantz, H. Parks, "The Implicit
 * Function Theorem", 2002; M. Blondel et al., "Efficient and Modular Implicit Differentiation", 2022. Where the iteration
 * started, and how it went, has no influence on them. All modes and orders work.
 */
public final class ImplicitFunctions {
    /**
     * How to find a solution, and how to solve for its derivatives.
     *
     * @param iterations most iterations; the loop has this length, but a solution found stays as it is
     * @param tolerance largest change of an element in the last iteration, relative to one plus the largest modulus
     * @param solver for the linear systems of the derivative, and of Newton's method
     */
    public record Settings(int iterations, double tolerance, LinearSolver solver) {
        public Settings {
            if (iterations <= 0 || !(tolerance >= 0)) {
                throw new IllegalArgumentException(
                        "An implicit function needs at least one iteration and a tolerance of" + " at least 0, but got "
                                + iterations + " and " + tolerance + ".");
            }
        }
    }

    /**
     * What an equation defines.
     *
     * @param value the solution
     * @param isConverged a bool scalar: whether the tolerance was reached; the derivatives hold only then
     */
    public record Solution(Value value, Value isConverged) {}

    private ImplicitFunctions() {}

    /**
     * The y with {@code f(y) = y}, by iteration of f, which must contract near the solution.
     *
     * @param f from values of the type of {@code start} to such values; may use any other value
     */
    public static Solution fixedPoint(UnaryOperator<Value> f, Value start, Settings settings) {
        Closure residual = close(y -> y.minus(f.apply(y)), start);
        return solution(residual, start, settings, y -> y.minus(call(residual, y)));
    }

    /**
     * The y with {@code residual(y) = 0}, by Newton's method, which converges from a start near enough.
     *
     * @param residual from values of the type of {@code start} to such values; may use any other value
     */
    public static Solution rootOf(UnaryOperator<Value> residual, Value start, Settings settings) {
        Closure closed = close(residual, start);
        return solution(closed, start, settings, y -> {
            LinearOperator slope = slope(closed.graph(), Lists.concat(List.of(y), closed.captured()));
            return y.minus(settings.solver().solve(new LinearSystem(slope, call(closed, y))));
        });
    }

    private static Closure close(UnaryOperator<Value> residual, Value start) {
        Value y = Value.input("y", start.type());
        Value r = residual.apply(y);
        if (!r.type().equals(start.type())) {
            throw new ShapeException(
                    "An equation for " + start.type() + " needs as many conditions, but gives " + r.type() + ".");
        }
        return Closure.of(List.of(y), List.of(r));
    }

    private static Value call(Closure residual, Value y) {
        return residual.graph()
                .call(Lists.concat(List.of(y), residual.captured()))
                .get(0);
    }

    private static Solution solution(Closure residual, Value start, Settings settings, UnaryOperator<Value> improve) {
        List<Value> last = Recurrence.scan(
                        settings.iterations(),
                        List.of(start, Value.scalar(DType.BOOL, 0)),
                        List.of(),
                        (carries, slices) -> step(carries.get(0), carries.get(1), improve, settings.tolerance()))
                .carries();
        Graph graph = residual.graph();
        CustomRule rule = CustomRule.ofTangents(
                "implicit function", (x, y, dx) -> tangents(graph, settings.solver(), x, y.get(0), dx));
        Value value =
                RuledOp.custom(rule, List.of(last.get(0)), residual.captured()).get(0);
        return new Solution(value, last.get(1));
    }

    private static Recurrence.Step step(Value y, Value done, UnaryOperator<Value> improve, double tolerance) {
        Value next = improve.apply(y);
        Value change = next.minus(y).apply(Primitive.ABS).max();
        Value bound = next.apply(Primitive.ABS).max().plus(1).times(tolerance);
        Value kept = done.broadcastTo(y.shape()).apply(Primitive.SELECT, y, next);
        return new Recurrence.Step(
                List.of(kept, done.apply(Primitive.OR, change.apply(Primitive.LE, bound))), List.of());
    }

    /** The derivative of a residual in the unknowns, as a linear function. */
    private static LinearOperator slope(Graph residual, List<Value> arguments) {
        Value y = residual.inputs().get(0);
        Value direction = Value.input("dy", y.type());
        Value tangent = new Pushforward(residual.outputs(), List.of(y), List.of(direction))
                .tangentOrZero(residual.outputs().get(0));
        Graph pushed = Graph.of(Lists.concat(List.of(direction), residual.inputs()), List.of(tangent));
        return LinearOperator.of(pushed, arguments);
    }

    private static List<Value> tangents(Graph residual, LinearSolver solver, List<Value> x, Value y, List<Value> dx) {
        List<Value> arguments = Lists.concat(List.of(y), x);
        List<Integer> moving = IntStream.range(0, dx.size())
                .filter(i -> dx.get(i) != null)
                .boxed()
                .toList();
        List<Value> inputs =
                Lists.at(residual.inputs().subList(1, residual.inputs().size()), moving);
        List<Value> directions =
                inputs.stream().map(input -> Value.input("dp", input.type())).toList();
        Value change = new Pushforward(residual.outputs(), inputs, directions)
                .tangent(residual.outputs().get(0));
        if (change == null) {
            return Arrays.asList((Value) null);
        }
        List<Value> all = new ArrayList<>(arguments);
        all.addAll(Lists.at(dx, moving));
        Value moved = Graph.of(Lists.concat(residual.inputs(), directions), List.of(change))
                .call(all)
                .get(0);
        return List.of(LinearSolve.solve(slope(residual, arguments), moved.negate(), solver));
    }
}
