// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Small models of every family: the same on both devices, with the gradients that central differences find. */
class ArchitecturesTest {
    private static final double STEP = 1e-5;

    /** Inputs and weights of a model, random and in f64, made while it is traced. */
    private static final class Model {
        private final Random random = new Random(11);
        private final List<Value> inputs = new ArrayList<>();
        private final List<Literal> point = new ArrayList<>();

        /** Data of a shape, of variance 1. */
        Value data(int... dims) {
            return input(1, dims);
        }

        /** Weights of a shape, of variance one over the extent of the last axis but one. */
        Value weights(int... dims) {
            return input(1 / Math.sqrt(dims[Math.max(0, dims.length - 2)]), dims);
        }

        private Value input(double deviation, int... dims) {
            TensorType type = TensorType.f64(dims);
            Value input = Value.input("p" + inputs.size(), type);
            inputs.add(input);
            point.add(Literal.of(
                    type,
                    random.doubles(type.shape().size(), -1, 1)
                            .map(x -> x * deviation * Math.sqrt(3))
                            .toArray()));
            return input;
        }

        /** A matrix and a shift applied to the last axis. */
        Value linear(Value x, int outputs) {
            Value matrix = weights(x.shape().dim(-1), outputs);
            return Einsum.of("...i,io->...o", x, matrix).plus(broadcast(weights(outputs), x));
        }

        private static Value broadcast(Value shift, Value like) {
            int rank = like.shape().rank();
            List<Integer> dims = new ArrayList<>(like.shape().dims());
            dims.set(rank - 1, shift.shape().dim(0));
            return shift.broadcastTo(new Shape(dims));
        }

        Value mlp(Value x, int... widths) {
            Value y = x;
            for (int i = 0; i < widths.length; i++) {
                y = linear(y, widths[i]);
                y = i < widths.length - 1 ? Activations.silu(y) : y;
            }
            return y;
        }

        Value normalised(Value x) {
            int width = x.shape().dim(-1);
            return Normalisation.layer(1, 1e-5).apply(x, weights(width), weights(width));
        }

        /** Holds the output, the loss ½·mean(output²) and its gradient to the checks. */
        void check(Value output) {
            Value loss = output.square().mean().times(0.5);
            List<Value> outputs = new ArrayList<>(List.of(output, loss));
            outputs.addAll(Derivatives.gradient(loss, inputs));
            Graph graph = Graph.of(inputs, outputs);
            FunctionCheck.sameOnCpu(graph, point, 1e-11);

            List<Literal> direction = point.stream()
                    .map(literal -> Literal.of(
                            literal.type(),
                            random.doubles(literal.size(), -1, 1).toArray()))
                    .toList();
            List<Literal> gradient = Reference.call(graph, point).subList(2, outputs.size());
            double slope = 0;
            for (int i = 0; i < gradient.size(); i++) {
                for (int k = 0; k < gradient.get(i).size(); k++) {
                    slope += gradient.get(i).get(k) * direction.get(i).get(k);
                }
            }
            Graph value = Graph.of(inputs, List.of(loss));
            double difference = (at(value, direction, STEP) - at(value, direction, -STEP)) / (2 * STEP);
            assertThat(slope).isCloseTo(difference, within(1e-7 * Math.max(1, Math.abs(difference))));
            assertThat(gradient)
                    .allSatisfy(part -> assertThat(Arrays.stream(part.toArray()).anyMatch(x -> x != 0))
                            .isTrue());
        }

        private double at(Graph value, List<Literal> direction, double step) {
            List<Literal> moved = new ArrayList<>();
            for (int i = 0; i < point.size(); i++) {
                double[] elements = point.get(i).toArray();
                for (int k = 0; k < elements.length; k++) {
                    elements[k] += step * direction.get(i).get(k);
                }
                moved.add(Literal.of(point.get(i).type(), elements));
            }
            return Reference.call(value, moved).get(0).get(0);
        }
    }

    @Test
    void perceptron() {
        Model model = new Model();
        model.check(model.mlp(model.data(5, 3), 8, 8, 2));
    }

    @Test
    void deepONet() {
        Model model = new Model();
        Value branch = model.mlp(model.data(3, 6), 8, 5);
        Value trunk = model.mlp(model.data(4, 2), 8, 5);
        model.check(Einsum.of("fp,qp->fq", branch, trunk));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fourierNeuralOperator(int axes) {
        Model model = new Model();
        int points = axes == 3 ? 4 : 6;
        int[] dims = new int[axes + 2];
        Arrays.fill(dims, points);
        dims[0] = 2;
        dims[axes + 1] = 1;
        int[] space = IntStream.rangeClosed(1, axes).toArray();
        int[] kept = new int[axes];
        Arrays.fill(kept, 2);
        Value h = model.linear(model.data(dims), 3);
        for (int layer = 0; layer < 2; layer++) {
            ComplexPair modes = Fourier.over(space).lowModes(h, kept);
            int[] weights = modes.re().shape().append(3).dims().stream()
                    .skip(1)
                    .mapToInt(Integer::intValue)
                    .toArray();
            String labels = "xyz".substring(0, axes);
            ComplexPair mixed = modes.contract(
                    "b" + labels + "i," + labels + "io->b" + labels + "o",
                    new ComplexPair(model.weights(weights), model.weights(weights)));
            int[] extents = new int[axes];
            Arrays.fill(extents, points);
            Value global = Fourier.over(space).fromLowModes(mixed, extents);
            h = Activations.tanhGelu(global.plus(model.linear(h, 3)));
        }
        model.check(model.linear(h, 1));
    }

    @Test
    void uNet() {
        Model model = new Model();
        Convolution same = Convolution.same(2);
        Convolution halving = Convolution.periodic(2).strided(2);
        Value fine = Activations.silu(same.apply(model.data(1, 4, 6, 2), model.weights(3, 3, 2, 3)));
        Value coarse = Activations.silu(halving.apply(fine, model.weights(2, 2, 3, 4)));
        coarse = Normalisation.group(2, 1e-3).apply(same.apply(coarse, model.weights(3, 3, 4, 4)));
        Value back = halving.transposed(coarse, model.weights(2, 2, 3, 4), 4, 6);
        model.check(same.apply(Value.concat(3, List.of(fine, back)), model.weights(3, 3, 6, 1)));
    }

    @Test
    void convolutionalNetwork() {
        Model model = new Model();
        Value h = Convolution.valid(2).strided(2).apply(model.data(2, 7, 7, 1), model.weights(3, 3, 1, 4));
        h = Activations.silu(Normalisation.instance(1e-3).apply(h, model.weights(4), model.weights(4)));
        h = Convolution.same(2).dilated(2).grouped(2).apply(h, model.weights(3, 3, 2, 4));
        model.check(Softmax.logSoftmax(model.linear(h.mean(1, 2), 3), -1));
    }

    /** Patches of 2×2, windows of 2×2 patches that are shifted, a bias of relative positions, a residual network. */
    @Test
    void windowedTransformer() {
        Model model = new Model();
        Blocks patches = Blocks.of(2, 2);
        Value h = model.linear(patches.patches(model.data(1, 8, 8, 1)), 4);
        ShiftedWindows windows = ShiftedWindows.byHalf(Blocks.of(2, 2));
        RelativePosition positions = new RelativePosition(List.of(2, 2));
        Value table = model.weights(9, 2);
        Value qkv = model.linear(model.normalised(h), 12);
        Value attended = windows.apply(qkv, x -> {
            UnaryOperator<Value> scores = products ->
                    windows.scores(4, 4).apply(positions.scores(table).apply(products));
            return Attention.along(x.slice(2, 0, 4), x.slice(2, 4, 8), x.slice(2, 8, 12), 1, 2, scores);
        });
        h = h.plus(model.linear(attended, 4));
        h = h.plus(model.mlp(model.normalised(h), 6, 4));
        model.check(patches.field(h));
    }

    @Test
    void causalTransformer() {
        Model model = new Model();
        Value x = model.data(2, 5, 4);
        Value heads = model.linear(x, 12).reshape(2, 5, 3, 2, 2).transpose(2, 0, 3, 1, 4);
        RotaryEmbedding rotary = new RotaryEmbedding(100);
        Value q = rotary.apply(heads.slice(0, 0, 1).squeeze(0));
        Value k = rotary.apply(heads.slice(0, 1, 2).squeeze(0));
        Value found = Attention.of(q, k, heads.slice(0, 2, 3).squeeze(0), Attention.causal());
        Value joined = found.transpose(0, 2, 1, 3).reshape(2, 5, 4);
        model.check(x.plus(model.linear(joined, 4)));
    }

    @Test
    void axialTransformer() {
        Model model = new Model();
        Value h = model.data(1, 3, 4, 4);
        for (int axis = 1; axis <= 2; axis++) {
            Value x = Normalisation.rms(1, 1e-5).apply(h);
            Value attended = Attention.along(
                    model.linear(x, 4), model.linear(x, 4), model.linear(x, 4), axis, 2, UnaryOperator.identity());
            h = h.plus(attended);
        }
        model.check(h);
    }

    @Test
    void messagePassingNetwork() {
        Model model = new Model();
        MessagePassing edges = new MessagePassing(nodes(0, 1, 2, 3, 1, 0), nodes(1, 2, 0, 1, 3, 4), 5);
        Value h = model.linear(model.data(5, 2), 4);
        Value lengths = model.data(6, 1);
        for (int round = 0; round < 2; round++) {
            Value ends = Value.concat(1, List.of(edges.fromSenders(h), edges.fromReceivers(h), lengths));
            Value messages = model.mlp(ends, 6, 4);
            Value arrived = round == 0 ? edges.sum(messages) : edges.mean(messages);
            h = h.plus(model.mlp(Value.concat(1, List.of(h, arrived)), 6, 4));
        }
        model.check(model.linear(h, 1));
    }

    private static Value nodes(int... nodes) {
        TensorType type = new TensorType(DType.I32, Shape.of(nodes.length));
        return Value.constant(
                Literal.of(type, Arrays.stream(nodes).asDoubleStream().toArray()));
    }
}
