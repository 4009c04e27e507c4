// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Closure;
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
    /** From the unknowns, then what the operator depends on, to the image. */
    private final Graph operator;

    private LinearSolve(LinearSolver solver, Graph operator) {
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
        Value unknowns = Value.input("unknowns", rhs.type());
        Closure closure = Closure.of(List.of(unknowns), List.of(operator.apply(unknowns)));
        return new LinearSolve(solver, closure.graph()).of(rhs, closure.captured());
    }

    private Value of(Value rhs, List<Value> parameters) {
        CustomRule rule =
                new CustomRule("linear solve", Optional.of(this::tangents), Optional.of(this::cotangents), false);
        Value solution = solver.solve(
                unknowns -> operator.call(Lists.concat(List.of(unknowns), parameters))
                        .get(0),
                rhs);
        return RuledOp.custom(rule, List.of(solution), Lists.concat(List.of(rhs), parameters))
                .get(0);
    }

    private List<Value> tangents(List<Value> x, List<Value> y, List<Value> dx) {
        List<Value> parameters = x.subList(1, x.size());
        Value change = imageChange(y.get(0), parameters, dx.subList(1, dx.size()));
        Value rhs = Linearisation.difference(dx.get(0), change);
        return rhs == null ? Arrays.asList((Value) null) : List.of(of(rhs, parameters));
    }

    /** The tangent of the image of fixed unknowns; null for zero. */
    private Value imageChange(Value unknowns, List<Value> parameters, List<Value> directions) {
        List<Integer> moving = IntStream.range(0, directions.size())
                .filter(i -> directions.get(i) != null)
                .boxed()
                .toList();
        List<Value> inputs =
                Lists.at(operator.inputs().subList(1, operator.inputs().size()), moving);
        List<Value> tangents =
                inputs.stream().map(input -> Value.input("dp", input.type())).toList();
        Value change = new Pushforward(operator.outputs(), inputs, tangents)
                .tangent(operator.outputs().get(0));
        if (change == null) {
            return null;
        }
        List<Value> arguments = new ArrayList<>(List.of(unknowns));
        arguments.addAll(parameters);
        arguments.addAll(Lists.at(directions, moving));
        return Graph.of(Lists.concat(operator.inputs(), tangents), List.of(change))
                .call(arguments)
                .get(0);
    }

    private List<Value> cotangents(List<Value> x, List<Value> dy) {
        List<Value> back = Arrays.asList(new Value[x.size()]);
        if (dy.get(0) != null) {
            back.set(0, new LinearSolve(solver, transposed()).of(dy.get(0), x.subList(1, x.size())));
        }
        return back;
    }

    private Graph transposed() {
        Value unknowns = operator.inputs().get(0);
        List<Value> parameters = operator.inputs().subList(1, operator.inputs().size());
        Value cotangent = Value.input("cotangent", unknowns.type());
        Value pulled = Derivatives.vjp(operator.outputs(), List.of(unknowns), List.of(cotangent))
                .get(0);
        List<Value> anywhere = new ArrayList<>(List.of(Value.full(unknowns.type(), 0), cotangent));
        anywhere.addAll(parameters);
        List<Value> inputs = new ArrayList<>(List.of(unknowns, cotangent));
        inputs.addAll(parameters);
        List<Value> outputs = Graph.of(inputs, List.of(pulled)).call(anywhere);
        return Graph.of(Lists.concat(List.of(cotangent), parameters), outputs);
    }
}
