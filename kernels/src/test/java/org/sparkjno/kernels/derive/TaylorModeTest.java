// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.sparkjno.kernels.derive.DifferentialOperator.laplacian;
import static org.sparkjno.kernels.derive.DifferentialOperator.partial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** One propagation against first derivatives nested in each other. */
class TaylorModeTest {
    private static final List<DifferentialOperator> OPERATORS = List.of(
            partial(),
            partial(0),
            partial(1, 0),
            partial(1, 1, 0),
            partial(0, 0, 0, 0),
            partial(0, 0, 1, 1),
            laplacian(0, 1).plus(partial(0, 1).times(3)).minus(partial(0)),
            laplacian(0, 1).times(-0.5).plus(partial(0, 0, 0)));

    private final Random random = new Random(11);

    private static Value nested(DifferentialOperator operator, Value output, List<Coordinate> coordinates) {
        Value total = Value.full(output.type(), 0);
        for (Map.Entry<Monomial, Double> term : operator.terms().entrySet()) {
            Value derivative = output;
            for (int factor : term.getKey().factors()) {
                Coordinate coordinate = coordinates.get(factor);
                derivative = Derivatives.jvp(
                                List.of(derivative), List.of(coordinate.value()), List.of(coordinate.direction()))
                        .get(0);
            }
            total = total.plus(derivative.times(term.getValue()));
        }
        return total;
    }

    private static void agree(
            List<DifferentialOperator> operators,
            Value output,
            List<Coordinate> coordinates,
            List<Value> inputs,
            List<Literal> point) {
        List<Value> all = new ArrayList<>();
        for (List<Value> results : TaylorMode.apply(operators, List.of(output), coordinates)) {
            all.add(results.get(0));
        }
        for (DifferentialOperator operator : operators) {
            all.add(nested(operator, output, coordinates));
        }
        List<Literal> results = Reference.call(Graph.of(inputs, all), point);
        for (int i = 0; i < operators.size(); i++) {
            double[] taylor = results.get(i).toArray();
            double[] expected = results.get(operators.size() + i).toArray();
            for (int k = 0; k < taylor.length; k++) {
                assertThat(taylor[k])
                        .as("%s of %s at %d", operators.get(i), output, k)
                        .isCloseTo(expected[k], within(1e-11 * Math.max(1, Math.abs(expected[k]))));
            }
        }
    }

    private Literal sample(TensorType type) {
        return Literal.of(type, random.doubles(type.shape().size(), 0.4, 1.6).toArray());
    }

    private void agree(BinaryOperator<Value> function) {
        Value x = Value.input("x", TensorType.f64(3));
        Value y = Value.input("y", TensorType.f64(3));
        List<Coordinate> coordinates = List.of(Coordinate.of(x), Coordinate.of(y));
        List<Literal> point = List.of(sample(x.type()), sample(y.type()));
        Value output = function.apply(x, y);
        agree(OPERATORS, output, coordinates, List.of(x, y), point);
        for (DifferentialOperator operator : OPERATORS) {
            agree(List.of(operator), output, coordinates, List.of(x, y), point);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Primitive.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LT", "LE", "EQ", "NE", "AND", "OR", "NOT", "SELECT"})
    void everyPrimitive(Primitive primitive) {
        UnaryOperator<Value> bent = v -> v.plus(v.square().times(0.25));
        double withinDomain = primitive == Primitive.ASIN || primitive == Primitive.ACOS ? 0.15 : 1;
        agree((x, y) -> primitive.arity() == 1
                ? bent.apply(x).times(y.plus(0.5)).times(withinDomain).apply(primitive)
                : bent.apply(x).apply(primitive, y.times(x.plus(1))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Primitive.class,
            names = {"ADD", "SUB", "MUL", "DIV", "POW", "MAX"})
    void oneMovingOperand(Primitive primitive) {
        agree((x, y) -> x.square().apply(primitive, Value.full(x.type(), 0.7)).times(y));
        agree((x, y) -> Value.full(x.type(), 0.7).apply(primitive, y.square()).times(x));
    }

    @Test
    void selections() {
        agree((x, y) -> x.apply(Primitive.LT, y).apply(Primitive.SELECT, x.times(y), x.exp()));
    }

    @Test
    void sharedValuesAndShapes() {
        agree((x, y) -> {
            Value xy = Value.concat(0, List.of(x.reshape(1, 3), y.tanh().reshape(1, 3)));
            Value product = xy.contract("ik,jk->ij", xy).transpose(1, 0);
            return product.max(0)
                    .times(product.sum(1))
                    .slice(0, 1, 2)
                    .pad(0, 1, 1)
                    .plus(x.square());
        });
    }

    @Property(tries = 30)
    void ofRandomGraphs(@ForAll long seed) {
        RandomGraphs.Sample sample = RandomGraphs.smooth(seed, 1 + (int) Math.floorMod(seed, 8L));
        Graph graph = sample.graph();
        List<Coordinate> coordinates =
                graph.inputs().stream().map(Coordinate::of).limit(2).toList();
        DifferentialOperator operator = coordinates.size() < 2
                ? partial(0, 0, 0).minus(partial(0, 0))
                : laplacian(0, 1).plus(partial(0, 1, 1));
        for (Value output : graph.outputs()) {
            agree(List.of(operator), output, coordinates, graph.inputs(), sample.arguments());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanh", "sin", "exp", "erf"})
    void multilayerPerceptron(String activation) {
        Value points = Value.input("points", TensorType.f64(4, 3));
        List<Value> inputs = new ArrayList<>(List.of(points));
        Value u = points;
        for (int layer = 0; layer < 3; layer++) {
            Value w = Value.input("w", TensorType.f64(u.shape().dim(1), 5));
            inputs.add(w);
            u = u.contract("ik,kj->ij", w).times(0.3).apply(Primitive.named(activation));
        }
        List<Literal> point = inputs.stream().map(input -> sample(input.type())).toList();
        List<DifferentialOperator> operators =
                List.of(laplacian(0, 1, 2), partial(2), partial(0, 1, 2), partial(0, 0, 2, 2), laplacian(0, 1));
        agree(operators, u, Coordinate.columns(points), inputs, point);
    }

    @Test
    void derivativesOfResidualsInParameters() {
        Value points = Value.input("points", TensorType.f64(4, 2));
        Value w = Value.input("w", TensorType.f64(2, 3));
        Value u = points.contract("ik,kj->ij", w).tanh().sum(1);
        Value loss = TaylorMode.apply(laplacian(0, 1), u, Coordinate.columns(points))
                .square()
                .mean();
        DerivativeCheck.check(
                Graph.of(List.of(points, w), List.of(loss)), List.of(sample(points.type()), sample(w.type())), 3);
    }

    @Test
    void derivativesOfTanhArePolynomialsOfTheResult() {
        Value x = Value.input("x", TensorType.f64());
        Value third = TaylorMode.apply(partial(0, 0, 0), x.tanh(), List.of(Coordinate.of(x)));
        assertThat(Graph.reach(List.of(third)))
                .filteredOn(value -> value.op().text().equals("tanh"))
                .hasSize(1);
    }

    /** d/dx (x · d/dy (x + y)) is 1, in every mix of modes. */
    @Test
    void perturbationsAreNotConfused() {
        Value x = Value.input("x", TensorType.f64());
        Value y = Value.input("y", TensorType.f64());
        Value one = Value.scalar(DType.F64, 1);
        Value inner = TaylorMode.apply(partial(0), x.plus(y), List.of(Coordinate.of(y)));
        Value product = x.times(inner);
        Value nested = TaylorMode.apply(partial(0), product, List.of(Coordinate.of(x)));
        Value pushed =
                Derivatives.jvp(List.of(product), List.of(x), List.of(one)).get(0);
        Value around = TaylorMode.apply(
                partial(0), x.times(Derivatives.gradient(x.plus(y), y).get(0)), List.of(Coordinate.of(x)));
        Graph graph = Graph.of(List.of(x, y), List.of(nested, pushed, around));
        assertThat(Reference.call(graph, Literal.scalar(DType.F64, 3), Literal.scalar(DType.F64, 5)))
                .extracting(result -> result.get(0))
                .containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void anisotropicDiffusionCollapses() {
        DifferentialOperator operator = DifferentialOperator.secondOrder(new double[][] {{2, 0.5}, {0.5, 1}});
        assertThat(operator)
                .isEqualTo(partial(0, 0).times(2).plus(partial(0, 1)).plus(partial(1, 1)));
        assertThat(JetAlgebra.of(List.of(operator)).size()).isEqualTo(3);
    }

    @Test
    void laplaciansCollapse() {
        assertThat(JetAlgebra.of(List.of(laplacian(0, 1, 2))).size()).isEqualTo(4);
        assertThat(JetAlgebra.of(List.of(laplacian(0, 1, 2), partial(3))).size())
                .isEqualTo(5);
        assertThat(JetAlgebra.of(List.of(laplacian(0, 1), partial(0, 0))).size())
                .isEqualTo(4);
        assertThat(JetAlgebra.of(List.of(laplacian(0, 1, 2), laplacian(0, 1, 2).times(2), partial(2, 2)))
                        .size())
                .isEqualTo(6);
        assertThat(JetAlgebra.of(List.of(laplacian(0, 1, 2), laplacian(1, 2), partial(2, 2)))
                        .size())
                .isEqualTo(6);
    }

    @Test
    void whatDoesNotMoveHasZeroDerivative() {
        Value x = Value.input("x", TensorType.f64(2));
        Value n = Value.input("n", new TensorType(DType.I32, Shape.of(2)));
        Value zero =
                TaylorMode.apply(partial(0, 0), x.exp(), List.of(Coordinate.of(Value.input("t", TensorType.f64()))));
        assertThat(Reference.call(Graph.of(List.of(x), List.of(zero)), Literal.of(x.type(), 1, 2))
                        .get(0)
                        .toArray())
                .containsExactly(0, 0);
        assertThatThrownBy(() -> Coordinate.of(n))
                .hasMessage("Only f32 and f64 values have derivatives, but input: i32[2] is to be a coordinate.");
        assertThatThrownBy(() -> TaylorMode.apply(partial(1), x, List.of(Coordinate.of(x))))
                .hasMessage("The operator 1.0·∂[1] differentiates in coordinate 1, but there are 1 coordinates,"
                        + " numbered from 0.");
    }
}
