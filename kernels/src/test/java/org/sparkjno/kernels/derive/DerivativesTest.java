// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

class DerivativesTest {
    /** Elements between 0.4 and 1.6, all different, so that no primitive is near a kink or a pole. */
    private static void check(Function<List<Value>, Value> function, TensorType... types) {
        Random random = new Random(7);
        List<Value> inputs =
                List.of(types).stream().map(type -> Value.input("x", type)).toList();
        List<Literal> point = List.of(types).stream()
                .map(type -> Literal.of(
                        type, random.doubles(type.shape().size(), 0.4, 1.6).toArray()))
                .toList();
        DerivativeCheck.check(Graph.of(inputs, List.of(function.apply(inputs))), point, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Primitive.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LT", "LE", "EQ", "NE", "AND", "OR", "NOT", "SELECT"})
    void everyPrimitive(Primitive primitive) {
        TensorType[] types = IntStream.range(0, primitive.arity())
                .mapToObj(i -> TensorType.f64(2, 3))
                .toArray(TensorType[]::new);
        if (primitive == Primitive.ASIN || primitive == Primitive.ACOS) {
            check(x -> x.get(0).times(0.25).apply(primitive), types);
        } else {
            check(x -> Value.of(new Op.Elementwise(primitive), x), types);
        }
    }

    @Test
    void select() {
        check(
                x -> x.get(0)
                        .apply(Primitive.LT, x.get(1))
                        .apply(Primitive.SELECT, x.get(0).square(), x.get(1).exp()),
                TensorType.f64(5),
                TensorType.f64(5));
    }

    @Test
    void castToDoubleAndBack() {
        Value x = Value.input("x", TensorType.f64(3));
        Value y = x.cast(DType.F32).square();
        Value tangent = Derivatives.jvp(List.of(y), List.of(x), List.of(x)).get(0);
        assertThat(tangent.type()).isEqualTo(TensorType.f32(3));
        Value pulled = Derivatives.vjp(List.of(y), List.of(x), List.of(y)).get(0);
        assertThat(pulled.type()).isEqualTo(TensorType.f64(3));
        Graph graph = Graph.of(List.of(x), List.of(tangent));
        assertThat(Reference.call(graph, Literal.of(x.type(), 1, 2, 3)).get(0).toArray())
                .containsExactly(2, 8, 18);
    }

    @Test
    void shapeOperations() {
        TensorType type = TensorType.f64(3, 1, 4);
        check(x -> x.get(0).broadcast(Shape.of(2, 3, 1, 4, 2), List.of(1, 2, 3)).square(), type);
        check(x -> x.get(0).reshape(2, 6).square(), type);
        check(x -> x.get(0).transpose(2, 0, 1).square(), type);
        check(
                x -> Value.of(new Op.Slice(List.of(1, 0, 0), List.of(3, 1, 4), List.of(1, 1, 3)), x.get(0))
                        .square(),
                type);
        check(
                x -> Value.of(new Op.Slice(List.of(0, 0, 1), List.of(3, 1, 4), List.of(2, 2, 2)), x.get(0))
                        .square(),
                type);
        check(
                x -> Value.of(new Op.Pad(List.of(1, 0, 2), List.of(0, 3, 0), List.of(2, 5, 1)), x.get(0))
                        .plus(2)
                        .square(),
                type);
        check(x -> Value.concat(2, List.of(x.get(0), x.get(1), x.get(0))).square(), type, TensorType.f64(3, 1, 2));
    }

    @Test
    void reductions() {
        TensorType type = TensorType.f64(3, 2, 4);
        for (Reduction reduction : Reduction.values()) {
            check(x -> x.get(0).reduce(reduction, 1).square(), type);
            check(x -> x.get(0).reduce(reduction, 0, 2).square(), type);
            check(x -> x.get(0).reduce(reduction), type);
        }
    }

    @Test
    void contractions() {
        check(x -> x.get(0).contract("ik,kj->ij", x.get(1)), TensorType.f64(2, 3), TensorType.f64(3, 4));
        check(x -> x.get(0).contract("bik,kjb->jib", x.get(1)), TensorType.f64(2, 3, 4), TensorType.f64(4, 1, 2));
        check(x -> x.get(0).contract("i,j->ji", x.get(1)), TensorType.f64(2), TensorType.f64(3));
        check(x -> x.get(0).contract("ab,ba->", x.get(1)), TensorType.f64(2, 3), TensorType.f64(3, 2));
        check(x -> x.get(0).contract("ik,jk->ij", x.get(0)), TensorType.f64(3, 2));
    }

    @Test
    void emptyAndSingleAxes() {
        check(x -> x.get(0).contract("ik,kj->ij", x.get(1)), TensorType.f64(2, 0), TensorType.f64(0, 3));
        check(x -> x.get(0).contract("ik,kj->ij", x.get(1)), TensorType.f64(1, 1), TensorType.f64(1, 1));
        check(x -> x.get(0).square().sum(0), TensorType.f64(0, 3));
        check(x -> x.get(0).square().sum(1), TensorType.f64(3, 0));
        check(x -> x.get(0).max(1).square(), TensorType.f64(3, 1));
        check(x -> x.get(0).slice(0, 1, 1).square(), TensorType.f64(3));
        check(x -> Value.concat(0, List.of(x.get(0), x.get(1))).square(), TensorType.f64(0), TensorType.f64(2));
        check(x -> x.get(0).pad(0, 2, 1).plus(1).square(), TensorType.f64(0));
    }

    @Property(tries = 60)
    void ofRandomGraphs(@ForAll long seed) {
        RandomGraphs.Sample sample = RandomGraphs.smooth(seed, 1 + (int) Math.floorMod(seed, 12L));
        DerivativeCheck.check(sample.graph(), sample.arguments(), seed);
    }

    /** d/dx (x · d/dy (x + y)) is 1, not 2: the two derivatives must not see each other's directions. */
    @Test
    void perturbationsAreNotConfused() {
        Value x = Value.input("x", TensorType.f64());
        Value y = Value.input("y", TensorType.f64());
        Value one = Value.scalar(DType.F64, 1);
        Value inner =
                Derivatives.jvp(List.of(x.plus(y)), List.of(y), List.of(one)).get(0);
        Value forward = Derivatives.jvp(List.of(x.times(inner)), List.of(x), List.of(one))
                .get(0);
        Value reverseInner = Derivatives.gradient(x.plus(y), y).get(0);
        Value reverse = Derivatives.gradient(x.times(reverseInner), x).get(0);
        Graph graph = Graph.of(List.of(x, y), List.of(forward, reverse));
        List<Literal> results = Reference.call(graph, Literal.scalar(DType.F64, 3), Literal.scalar(DType.F64, 5));
        assertThat(results).extracting(result -> result.get(0)).containsExactly(1.0, 1.0);
    }

    /** x^(2^40) by repeated squaring: shared values are differentiated once, not once per path. */
    @Test
    void sharedValuesAreVisitedOnce() {
        Value x = Value.input("x", TensorType.f64());
        Value power = x;
        for (int i = 0; i < 40; i++) {
            power = power.times(power);
        }
        Value gradient = Derivatives.gradient(power, x).get(0);
        Graph graph = Graph.of(List.of(x), List.of(gradient));
        assertThat(graph.order().size()).isLessThan(400);
        double base = 1 + 0x1p-40;
        assertThat(Reference.call(graph, Literal.scalar(DType.F64, base)).get(0).get(0))
                .isCloseTo(0x1p40 * Math.exp((0x1p40 - 1) * Math.log1p(0x1p-40)), within(1e-2 * 0x1p40));
    }

    @Test
    void intermediateValuesMayBeDifferentiatedTo() {
        Value x = Value.input("x", TensorType.f64());
        Value y = x.square();
        Value gradient = Derivatives.gradient(y.times(x), y).get(0);
        Graph graph = Graph.of(List.of(x), List.of(gradient));
        assertThat(Reference.call(graph, Literal.scalar(DType.F64, 3)).get(0).get(0))
                .isEqualTo(3);
    }

    @Test
    void whatDoesNotMoveHasZeroDerivative() {
        Value x = Value.input("x", TensorType.f64(2));
        Value y = Value.input("y", TensorType.f64(3));
        List<Value> pulled = Derivatives.vjp(List.of(y), List.of(x, y), List.of(y));
        Graph graph = Graph.of(List.of(x, y), pulled);
        Literal seed = Literal.of(y.type(), 1, 2, 3);
        List<Literal> results = Reference.call(graph, Literal.of(x.type(), 4, 5), seed);
        assertThat(results.get(0).toArray()).containsExactly(0, 0);
        assertThat(results.get(1)).isEqualTo(seed);
    }

    @Test
    void refusesWhatIsNoGradient() {
        Value x = Value.input("x", TensorType.f64(2));
        assertThatThrownBy(() -> Derivatives.gradient(x, x))
                .isInstanceOf(ShapeException.class)
                .hasMessage("A gradient needs a floating-point scalar, but got f64[2]; reduce it by sum or mean.");
        assertThatThrownBy(() -> Derivatives.jvp(List.of(x), List.of(x), List.of()))
                .hasMessage("Expected 1 tangents, but got 0.");
        assertThatThrownBy(() -> Derivatives.vjp(List.of(x), List.of(x), List.of(x.sum())))
                .hasMessage("The cotangent of input: f64[2] needs its type, but is f64[].");
    }
}
