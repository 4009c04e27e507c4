// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/**
 * The solution of a linear system as a function of its right-hand side and of what its operator depends on. Tangents
 * solve the same system, {@code A dx = db − dA x}, cotangents of the right-hand side the transposed one; so derivatives
 * of all orders are exact up to the accuracy of the solver, and nothing of its iterations is differentiated.
 */
public final class LinearSolve {
    private final LinearSolver solver;
    /** Its parameters stand for those of each system. */
    private final LinearOperator operator;

    private LinearSolve(LinearSolver solver, LinearOperator operator) {
        this.solver = solver;
        this.operator = operator;
    }

    /**
     * The solution x of {@code operator(x) = rhs}.
     *
     * @param operator linear, from values of the type of {@code rhs} to such values; may use any other value
     * @param rhs right-hand side
     * @param solver how to solve it, and its transpose
     */
    public static Value solve(UnaryOperator<Value> operator, Value rhs, LinearSolver solver) {
        return solve(LinearOperator.of(operator, rhs.type()), rhs, solver);
    }

    /** The solution x of {@code operator(x) = rhs}, where the solver may look at the operator's parameters. */
    public static Value solve(LinearOperator operator, Value rhs, LinearSolver solver) {
        return new LinearSolve(solver, operator).of(new LinearSystem(operator, rhs));
    }

    /**
     * The solution x of {@code operator(x) = rhs} by a solver that may start from a guess. The derivative in the guess is
     * zero, and derivatives are solved for without one.
     *
     * @param guess of the type of {@code rhs}
     */
    public static Value solve(LinearOperator operator, Value rhs, Value guess, LinearSolver solver) {
        return new LinearSolve(solver, operator).of(new LinearSystem(operator, rhs, Optional.of(guess), false));
    }

    private Value of(LinearSystem system) {
        CustomRule rule =
                new CustomRule("linear solve", Optional.of(this::tangents), Optional.of(this::cotangents), false);
        List<Value> arguments =
                Lists.concat(List.of(system.rhs()), system.operator().parameters());
        return RuledOp.custom(rule, List.of(solver.solve(system)), arguments).get(0);
    }

    private Value derivative(Value rhs, List<Value> parameters) {
        return of(new LinearSystem(operator.with(parameters), rhs, Optional.empty(), true));
    }

    private List<Value> tangents(List<Value> x, List<Value> y, List<Value> dx) {
        List<Value> parameters = x.subList(1, x.size());
        Value change = imageChange(y.get(0), parameters, dx.subList(1, dx.size()));
        Value rhs = Linearisation.difference(dx.get(0), change);
        return rhs == null ? Arrays.asList((Value) null) : List.of(derivative(rhs, parameters));
    }

    /** The tangent of the image of fixed unknowns; null for zero. */
    private Value imageChange(Value unknowns, List<Value> parameters, List<Value> directions) {
        Graph image = operator.graph();
        List<Integer> moving = IntStream.range(0, directions.size())
                .filter(i -> directions.get(i) != null)
                .boxed()
                .toList();
        List<Value> inputs = Lists.at(image.inputs().subList(1, image.inputs().size()), moving);
        List<Value> tangents =
                inputs.stream().map(input -> Value.input("dp", input.type())).toList();
        Value change = new Pushforward(image.outputs(), inputs, tangents)
                .tangent(image.outputs().get(0));
        if (change == null) {
            return null;
        }
        List<Value> arguments = new ArrayList<>(List.of(unknowns));
        arguments.addAll(parameters);
        arguments.addAll(Lists.at(directions, moving));
        return Graph.of(Lists.concat(image.inputs(), tangents), List.of(change))
                .call(arguments)
                .get(0);
    }

    private List<Value> cotangents(List<Value> x, List<Value> dy) {
        List<Value> back = Arrays.asList(new Value[x.size()]);
        if (dy.get(0) != null) {
            LinearSolve transposed = new LinearSolve(solver, operator.transposed());
            back.set(0, transposed.derivative(dy.get(0), x.subList(1, x.size())));
        }
        return back;
    }
}
