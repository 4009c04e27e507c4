// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A linear function from unknowns to values of their type, which depends on parameters. It may be the transpose of the one
 * that was stated, so that a solver with a matrix can use the same matrix for both. Immutable.
 */
public final class LinearOperator {
    /** From the unknowns, then the parameters, to the image. */
    private final Graph graph;
    /** As it was stated, with the same arguments. */
    private final Graph forward;

    private final List<Value> parameters;

    private LinearOperator(Graph graph, Graph forward, List<Value> parameters) {
        this.graph = graph;
        this.forward = forward;
        this.parameters = List.copyOf(parameters);
    }

    /**
     * A linear function.
     *
     * @param image linear, from values of this type to such values; what other values it uses are the parameters
     * @param unknowns type of the unknowns
     */
    public static LinearOperator of(UnaryOperator<Value> image, TensorType unknowns) {
        return of(List.of(), (x, none) -> image.apply(x), unknowns);
    }

    /**
     * A linear function with known parameters, which a solver finds in this order.
     *
     * @param parameters what the function depends on; other values that it uses come after these
     * @param image linear in its first argument, the unknowns; the others are the parameters
     * @param unknowns type of the unknowns
     */
    public static LinearOperator of(
            List<Value> parameters, BiFunction<Value, List<Value>, Value> image, TensorType unknowns) {
        Value x = Value.input("unknowns", unknowns);
        List<Value> known = parameters.stream()
                .map(value -> Value.input("parameter", value.type()))
                .toList();
        Closure closure = Closure.of(Lists.concat(List.of(x), known), List.of(image.apply(x, known)));
        return of(closure.graph(), Lists.concat(parameters, closure.captured()));
    }

    /**
     * A linear function that has been traced.
     *
     * @param graph from the unknowns, then the parameters, to the image
     */
    static LinearOperator of(Graph graph, List<Value> parameters) {
        TensorType image = graph.outputs().get(0).type();
        TensorType unknowns = graph.inputs().get(0).type();
        if (!image.equals(unknowns)) {
            throw new ShapeException("A linear system in " + unknowns
                    + " needs as many equations, but its operator gives " + image + ".");
        }
        return new LinearOperator(graph, graph, parameters);
    }

    /** The image of some unknowns. */
    public Value apply(Value unknowns) {
        return graph.call(Lists.concat(List.of(unknowns), parameters)).get(0);
    }

    /** What the function depends on beside the unknowns, in an order that transposition and derivatives keep. */
    public List<Value> parameters() {
        return parameters;
    }

    /** The same function of other parameters, of the same types. */
    public LinearOperator with(List<Value> others) {
        return new LinearOperator(graph, forward, others);
    }

    /** The type of the unknowns, and of their image. */
    public TensorType type() {
        return graph.inputs().get(0).type();
    }

    /** Whether this is the transpose of the function that was stated. */
    public boolean isTransposed() {
        return graph != forward;
    }

    /** The function that was stated, from the unknowns, then the parameters, to the image. */
    public Graph forward() {
        return forward;
    }

    /** From the unknowns, then the parameters, to the image. */
    Graph graph() {
        return graph;
    }

    /** The transpose, with the same parameters; that of a transpose is what was stated. */
    public LinearOperator transposed() {
        return new LinearOperator(isTransposed() ? forward : transpose(), forward, parameters);
    }

    private Graph transpose() {
        Value unknowns = forward.inputs().get(0);
        List<Value> known = forward.inputs().subList(1, forward.inputs().size());
        Value cotangent = Value.input("cotangent", unknowns.type());
        List<Value> pulled = Derivatives.vjp(forward.outputs(), List.of(unknowns), List.of(cotangent));
        // A linear function has the same transpose anywhere: take it at zero, where it forgets the unknowns.
        List<Value> anywhere = new ArrayList<>(List.of(Value.full(unknowns.type(), 0), cotangent));
        anywhere.addAll(known);
        List<Value> inputs = new ArrayList<>(List.of(unknowns, cotangent));
        inputs.addAll(known);
        List<Value> outputs = Graph.of(inputs, pulled).call(anywhere);
        return Graph.of(Lists.concat(Collections.singletonList(cotangent), known), outputs);
    }
}
