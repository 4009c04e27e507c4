// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Value;

/**
 * Holds the derivatives of one f64 graph against central differences: J·u, then ⟨v, J·u⟩ = ⟨Jᵀ·v, u⟩, then the second
 * derivative along two directions, forward over forward and reverse over forward.
 */
public final class DerivativeCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;

    private final Graph graph;
    private final List<Literal> point;
    private final List<Literal> u;
    private final List<Literal> w;
    private final List<Literal> v;

    private DerivativeCheck(Graph graph, List<Literal> point, long seed) {
        Random random = new Random(seed);
        this.graph = graph;
        this.point = point;
        this.u = directions(graph.inputs(), random);
        this.w = directions(graph.inputs(), random);
        this.v = directions(graph.outputs(), random);
    }

    /** Checks all of it at one point; the seed chooses the directions. */
    public static void check(Graph graph, List<Literal> point, long seed) {
        DerivativeCheck check = new DerivativeCheck(graph, point, seed);
        Graph jvp = forward(graph);
        check.pushesForwardLikeDifferences(jvp);
        check.pullsBackTheAdjoint(jvp);
        check.nests(jvp);
    }

    private static List<Literal> directions(List<Value> values, Random random) {
        List<Literal> directions = new ArrayList<>();
        for (Value value : values) {
            double[] elements = new double[(int) value.shape().size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = random.nextInt(-8, 9) / 8.0;
            }
            directions.add(Literal.of(value.type(), elements));
        }
        return directions;
    }

    /** From inputs and directions to J·u. */
    private static Graph forward(Graph graph) {
        List<Value> directions = inputs(graph.inputs());
        return Graph.of(
                concat(graph.inputs(), directions), Derivatives.jvp(graph.outputs(), graph.inputs(), directions));
    }

    private static List<Value> inputs(List<Value> like) {
        return like.stream().map(value -> Value.input("d", value.type())).toList();
    }

    private void pushesForwardLikeDifferences(Graph jvp) {
        close(Reference.call(jvp, concat(point, u)), difference(graph, point, u));
    }

    private void pullsBackTheAdjoint(Graph jvp) {
        List<Value> cotangents = inputs(graph.outputs());
        Graph vjp = Graph.of(
                concat(graph.inputs(), cotangents), Derivatives.vjp(graph.outputs(), graph.inputs(), cotangents));
        double forward = dot(v, Reference.call(jvp, concat(point, u)));
        double reverse = dot(Reference.call(vjp, concat(point, v)), u);
        assertThat(reverse).as("adjoint of %s", graph).isCloseTo(forward, within(1e-10 * scale(forward)));
    }

    private void nests(Graph jvp) {
        List<Literal> expected = difference(jvp, concat(point, u), concat(w, zeros(u)));
        List<Value> directions = inputs(graph.inputs());
        Graph twice =
                Graph.of(concat(jvp.inputs(), directions), Derivatives.jvp(jvp.outputs(), graph.inputs(), directions));
        close(Reference.call(twice, concat(concat(point, u), w)), expected);

        List<Value> cotangents = inputs(graph.outputs());
        Graph mixed =
                Graph.of(concat(jvp.inputs(), cotangents), Derivatives.vjp(jvp.outputs(), graph.inputs(), cotangents));
        double reverse = dot(Reference.call(mixed, concat(concat(point, u), v)), w);
        double forward = dot(v, expected);
        assertThat(reverse)
                .as("second derivative of %s", graph)
                .isCloseTo(forward, within(10 * TOLERANCE * scale(norm(v) * norm(expected))));
    }

    private static List<Literal> difference(Graph graph, List<Literal> point, List<Literal> direction) {
        List<Literal> above = Reference.call(graph, moved(point, direction, STEP));
        List<Literal> below = Reference.call(graph, moved(point, direction, -STEP));
        return combine(above, 1 / (2 * STEP), below, -1 / (2 * STEP));
    }

    private static List<Literal> moved(List<Literal> point, List<Literal> direction, double step) {
        return combine(point, 1, direction, step);
    }

    private static List<Literal> zeros(List<Literal> like) {
        return combine(like, 0, like, 0);
    }

    private static List<Literal> combine(List<Literal> a, double alpha, List<Literal> b, double beta) {
        List<Literal> sums = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            double[] elements = a.get(i).toArray();
            for (int k = 0; k < elements.length; k++) {
                elements[k] = alpha * elements[k] + beta * b.get(i).get(k);
            }
            sums.add(Literal.of(a.get(i).type(), elements));
        }
        return sums;
    }

    private void close(List<Literal> actual, List<Literal> expected) {
        double error = norm(combine(actual, 1, expected, -1));
        assertThat(error).as("derivative of %s", graph).isLessThan(TOLERANCE * scale(norm(expected)));
    }

    private static double dot(List<Literal> a, List<Literal> b) {
        double dot = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int k = 0; k < a.get(i).size(); k++) {
                dot += a.get(i).get(k) * b.get(i).get(k);
            }
        }
        return dot;
    }

    private static double norm(List<Literal> a) {
        return Math.sqrt(dot(a, a));
    }

    private static double scale(double magnitude) {
        return Math.max(1, Math.abs(magnitude));
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
