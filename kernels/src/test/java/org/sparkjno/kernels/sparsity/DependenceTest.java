// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.derive.Jacobian;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.scalar.Primitive;

/** Patterns found by propagation against the numbers of dense Jacobians. */
class DependenceTest {
    private static final TensorType GRID = TensorType.f64(4, 5);

    private static Literal numbers(TensorType type, Random random) {
        return Literal.of(type, random.doubles(type.shape().size(), 0.5, 1.5).toArray());
    }

    private static Value labels(int... numbers) {
        return Value.constant(Literal.of(
                new TensorType(DType.I32, Shape.of(numbers.length)),
                Arrays.stream(numbers).asDoubleStream().toArray()));
    }

    private static Value matrix(int rows, int columns, int width) {
        double[] band = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                band[i * columns + j] = Math.abs(i - j) <= width ? 1 + i + 0.1 * j : 0;
            }
        }
        return Value.constant(Literal.of(TensorType.f64(rows, columns), band));
    }

    private static BitSet[] rows(SparsityPattern pattern) {
        BitSet[] rows = new BitSet[pattern.rows()];
        Arrays.setAll(rows, i -> new BitSet());
        for (int k = 0; k < pattern.size(); k++) {
            rows[pattern.row(k)].set(pattern.column(k));
        }
        return rows;
    }

    private static BitSet[] nonzeros(Graph graph, Value x, List<Literal> point, int[] columns) {
        Value output = graph.outputs().get(0);
        Value direction = Value.input("direction", x.type());
        List<Value> inputs = new ArrayList<>(graph.inputs());
        inputs.add(direction);
        Graph jvp = Graph.of(inputs, Derivatives.jvp(List.of(output), List.of(x), List.of(direction)));
        BitSet[] rows = new BitSet[(int) output.shape().size()];
        Arrays.setAll(rows, i -> new BitSet());
        for (int column : columns) {
            double[] unit = new double[(int) x.shape().size()];
            unit[column] = 1;
            List<Literal> arguments = new ArrayList<>(point);
            arguments.add(Literal.of(x.type(), unit));
            Literal image = Reference.call(jvp, arguments).get(0);
            for (int i = 0; i < rows.length; i++) {
                rows[i].set(column, image.get(i) != 0);
            }
        }
        return rows;
    }

    private static Arguments family(String name, UnaryOperator<Value> function) {
        return Arguments.of(name, function);
    }

    private static Value op(Op op, Value... operands) {
        return Value.of(op, operands);
    }

    private static Value loop(int length, Value start, Recurrence.Body body) {
        return Recurrence.scan(length, List.of(start), List.of(), body)
                .carries()
                .get(0);
    }

    private static Value stacked(Recurrence.Outcome outcome) {
        return outcome.stacked().get(0);
    }

    static Stream<Arguments> exactFamilies() {
        Value mask = matrix(4, 5, 1);
        return Stream.of(
                family("elementwise", x -> x.exp().times(x.roll(1, 0)).plus(3)),
                family("steps", x -> x.apply(Primitive.FLOOR).plus(x.roll(2, 1).apply(Primitive.SIGN))),
                family("times zeros", x -> x.times(mask)),
                family("zeros times", x -> mask.times(x.roll(1, 1)).minus(x)),
                family(
                        "select",
                        x -> mask.apply(Primitive.NE, Value.full(GRID, 0)).apply(Primitive.SELECT, x, x.roll(1, 0))),
                family("cast", x -> x.cast(DType.F32).cast(DType.F64).roll(1, 0)),
                family("whole numbers", x -> x.cast(DType.I32).cast(DType.F64).plus(x.roll(1, 0))),
                family("broadcast", x -> x.broadcast(Shape.of(4, 3, 5), List.of(0, 2))),
                family("reshape and transpose", x -> x.reshape(2, 10).transpose(1, 0)),
                family("slice", x -> op(new Op.Slice(List.of(1, 0), List.of(4, 5), List.of(2, 3)), x)),
                family("pad", x -> op(new Op.Pad(List.of(1, 0), List.of(0, 2), List.of(2, 1)), x)),
                family("concat", x -> Value.concat(1, List.of(x.slice(1, 3, 5), Value.full(GRID, 2), x))),
                family("sum", x -> x.sum(1)),
                family("sum of all", x -> x.square().sum()),
                family("contraction with a parameter", x -> x.contract("ij,jk->ki", matrix(5, 3, 9))),
                family("contraction with a band", x -> x.contract("ij,jk->ki", matrix(5, 6, 1))),
                family("band from the left", x -> matrix(7, 4, 1).contract("ki,ij->jk", x)),
                family(
                        "outer product",
                        x -> x.contract("ij,k->kij", Value.constant(Literal.of(TensorType.f64(3), 1, 0, 2)))),
                family("both factors", x -> x.contract("ij,kj->ik", x.roll(1, 0))),
                family("reverse", x -> x.reverse(0, 1).plus(x)),
                family("window", x -> x.window(1, 2, 2, 2)),
                family(
                        "convolution",
                        x -> x.window(1, 3)
                                .contract("iok,k->io", Value.constant(Literal.of(TensorType.f64(3), 1, 0, -1)))),
                family("overlap-add", x -> x.window(1, 3, 1, 2).overlapAdd(1, 5, 1, 2)),
                family("running sums", x -> x.cumsum(1)),
                family("running sums backwards", x -> op(new WindowedOp.CumulativeSum(0, true), x)),
                family("gather", x -> x.gather(labels(3, 0, 7, 0, -1))),
                family(
                        "gather with numbers made from constants",
                        x -> x.gather(labels(0, 1, 2).times(labels(2, 1, 1)))),
                family("scatter", x -> x.scatterAdd(labels(2, 0, 2, 9), 3)),
                family("barrier", x -> RuledOp.after(x.roll(1, 0), List.of(x.sum()))),
                family(
                        "stopped gradient",
                        x -> CustomDerivatives.stopGradient(x.sum())
                                .broadcastTo(GRID.shape())
                                .times(x)),
                family(
                        "a rule of one's own",
                        x -> CustomDerivatives.customJvp(
                                        "rolled",
                                        List.of(x),
                                        a -> List.of(a.get(0).sum()),
                                        (a, y, dx) ->
                                                List.of(dx.get(0).slice(0, 0, 1).sum()))
                                .get(0)),
                family(
                        "loop",
                        x -> loop(
                                3,
                                x,
                                (c, s) -> new Recurrence.Step(
                                        List.of(c.get(0)
                                                .plus(c.get(0).pad(1, 0, 1).slice(1, 1, 6))),
                                        List.of()))),
                family(
                        "long loop",
                        x -> loop(
                                100_000,
                                x,
                                (c, s) -> new Recurrence.Step(
                                        List.of(c.get(0)
                                                .contract(
                                                        "ij,jk->ik",
                                                        matrix(5, 5, 1).times(0.1))),
                                        List.of()))),
                family(
                        "loop that counts",
                        x -> Recurrence.scan(
                                        4,
                                        List.of(Value.full(TensorType.f64(5), 0), Value.scalar(DType.I32, 0)),
                                        List.of(),
                                        (c, s) -> new Recurrence.Step(
                                                List.of(
                                                        c.get(0).plus(x.gather(c.get(1))),
                                                        c.get(1).plus(1)),
                                                List.of(c.get(0))))
                                .stacked()
                                .get(0)),
                family(
                        "loop over slices",
                        x -> stacked(Recurrence.scanBackwards(
                                4, List.of(Value.full(TensorType.f64(5), 0)), List.of(x, mask), (c, s) -> {
                                    Value next = c.get(0).plus(s.get(0).times(s.get(1)));
                                    return new Recurrence.Step(List.of(next), List.of(next.roll(1, 0)));
                                }))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exactFamilies")
    void exact(String name, UnaryOperator<Value> function) {
        Value x = Value.input("x", GRID);
        Graph graph = Graph.of(List.of(x), List.of(function.apply(x)));
        int[] columns = new int[20];
        Arrays.setAll(columns, j -> j);
        Graph shorter = name.equals("long loop") ? shortened(x) : graph;
        assertThat(rows(Jacobian.pattern(graph.outputs().get(0), x)))
                .isEqualTo(nonzeros(shorter, x, List.of(numbers(GRID, new Random(5))), columns));
    }

    /** The reference device would take minutes for what changes nothing after four iterations. */
    private static Graph shortened(Value x) {
        return Graph.of(
                List.of(x),
                List.of(loop(
                        4,
                        x,
                        (c, s) -> new Recurrence.Step(
                                List.of(c.get(0).contract("ij,jk->ik", matrix(5, 5, 1))), List.of()))));
    }

    static Stream<Arguments> conservativeFamilies() {
        Value at = Value.input("at", new TensorType(DType.I32, Shape.of(3)));
        return Stream.of(
                Arguments.of("gather", 3 * 5 * 4, (UnaryOperator<Value>) x -> x.gather(at)),
                Arguments.of("scatter", 6 * 5 * 3, (UnaryOperator<Value>)
                        x -> x.slice(0, 0, 3).scatterAdd(at, 6)),
                Arguments.of("sort", 20 * 4, (UnaryOperator<Value>)
                        x -> x.gather(x.slice(1, 0, 1).reshape(4).argsort(0))),
                Arguments.of("extremum", 4 * 5, (UnaryOperator<Value>) x -> x.max(1)),
                Arguments.of("select", 2 * 20, (UnaryOperator<Value>)
                        x -> x.apply(Primitive.LT, x.square()).apply(Primitive.SELECT, x, x.roll(1, 0))),
                Arguments.of("reverse only", 20 * 20, (UnaryOperator<Value>) x -> CustomDerivatives.customVjp(
                                "opaque", List.of(x), a -> List.of(a.get(0).exp()), (a, y, dy) -> dy)
                        .get(0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conservativeFamilies")
    void everythingThatNumbersMayChoose(String name, int size, UnaryOperator<Value> function) {
        Value x = Value.input("x", GRID);
        assertThat(Jacobian.pattern(function.apply(x), x).size()).isEqualTo(size);
    }

    @Test
    void functionsInJavaMayUseAll() {
        HostFunction first = new HostFunction() {
            @Override
            public String name() {
                return "first";
            }

            @Override
            public List<TensorType> results(List<TensorType> operands) {
                return List.of(operands.get(0), new TensorType(DType.I32, Shape.of(2)));
            }

            @Override
            public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
                results.get(0).put(operands.get(0));
            }
        };
        Value x = Value.input("x", TensorType.f64(6));
        List<Value> results = HostOp.call(first, x.slice(0, 1, 4));
        assertThat(SparsityPattern.ofLinear(results.get(0), x).size()).isEqualTo(3 * 3);
        assertThat(SparsityPattern.ofLinear(results.get(1).cast(DType.F64), x).size())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void neverLacksAnEntryOfARandomGraph(int part) {
        int looked = 0;
        for (int i = 0; i < 60; i++) {
            RandomGraphs.Sample sample = RandomGraphs.smooth(1000L * part + i, 12);
            looked += look(sample, new Random(i));
        }
        assertThat(looked).isPositive();
    }

    @Test
    void neverLacksAnEntryOfAGraphThatJumps() {
        int looked = 0;
        for (int i = 0; i < 60; i++) {
            looked += look(RandomGraphs.any(i, 12, DType.F64), new Random(i));
        }
        assertThat(looked).isPositive();
    }

    private static int look(RandomGraphs.Sample sample, Random random) {
        Value x = sample.graph().inputs().get(0);
        Value output = sample.graph().outputs().get(0);
        int size = (int) x.shape().size();
        if (size == 0 || !output.dtype().isFloating() || output.shape().size() > 500 || size > 500) {
            return 0;
        }
        BitSet[] pattern = rows(Jacobian.pattern(output, x));
        Graph graph = Graph.of(sample.graph().inputs(), List.of(output));
        int[] columns = random.ints(4, 0, size).distinct().toArray();
        BitSet[] nonzeros = nonzeros(graph, x, sample.arguments(), columns);
        int found = 0;
        for (int i = 0; i < nonzeros.length; i++) {
            found += nonzeros[i].cardinality();
            nonzeros[i].andNot(pattern[i]);
            assertThat(nonzeros[i].isEmpty()).as("row %d of %s", i, graph).isTrue();
        }
        return found;
    }
}
