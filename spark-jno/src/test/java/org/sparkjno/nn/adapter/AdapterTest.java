// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.Boundary;
import org.sparkjno.nn.Conv;
import org.sparkjno.nn.Evaluated;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.LayerCheck;
import org.sparkjno.nn.Linear;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.SpectralConv1d;

class AdapterTest {
    private static final Mlp NETWORK = Mlp.of(Activation.TANH, 3, 5, 4);
    private static final Shape INPUT = Shape.of(2, 3);
    private static final double[] X = Evaluated.noise("x", 6);

    static Stream<Adapter> adapters() {
        return Stream.of(
                Lora.of(2, 3),
                Lora.rankStabilised(2, 3),
                Lora.frozenDown(2, 3),
                Dora.of(2, 3),
                Pissa.of(2, 3),
                Pissa.minor(2, 3),
                new LoraXs(2, 3),
                new Vera(2, 3),
                new Lokr(2, 3),
                new Ia3(),
                new Oft(3),
                Lora.of(100, 1));
    }

    private static AdaptedLayer adapted(Layer layer, Adapter adapter) {
        return new AdaptedLayer(layer, Adaptation.of(layer, Pattern.compile(".*"), adapter));
    }

    private static double[] apply(Layer layer, ModelWeights weights) {
        Map<String, double[]> numbers = new HashMap<>();
        weights.named()
                .forEach((name, tensor) -> numbers.put(
                        name, Bytes.literal(tensor.type(), tensor.bytes()).toArray()));
        return Evaluated.layer(layer, numbers, INPUT, X);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void leaveTheModelAsItIsAtFirst(Adapter adapter) {
        AdaptedLayer adapted = adapted(NETWORK, adapter);
        ModelWeights plain = ModelWeights.initialise(NETWORK, DType.F64, 3);
        ModelWeights weights = ModelWeights.initialise(adapted, DType.F64, 8);
        weights.assign(plain.named());
        adapted.adaptation().begin(NETWORK, weights);
        assertThat(apply(adapted, weights)).containsExactly(apply(NETWORK, plain), within(1e-13));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void areMergedIntoTheModel(Adapter adapter) {
        AdaptedLayer adapted = adapted(NETWORK, adapter);
        ModelWeights weights = ModelWeights.initialise(adapted, DType.F64, 8);
        weights.named()
                .forEach((name, tensor) -> weights.assign(
                        name, Evaluated.noise(name, tensor.type().shape().size())));
        ModelWeights merged = adapted.adaptation().merge(NETWORK, weights);
        assertThat(apply(NETWORK, merged)).containsExactly(apply(adapted, weights), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void haveTheGradientsOfTheirDifferences(Adapter adapter) {
        LayerCheck.gradients(adapted(NETWORK, adapter), INPUT, Shape.of(2, 4));
    }

    @Test
    void adaptKernelsOfConvolutionsAndSpectra() {
        LayerCheck.gradients(
                adapted(new Conv(1, 2, 3, 3, 1, Boundary.PERIODIC), Dora.of(2, 1)),
                Shape.of(1, 4, 2),
                Shape.of(1, 4, 3));
        LayerCheck.gradients(adapted(new SpectralConv1d(2, 3, 2), Lora.of(2, 1)), Shape.of(1, 5, 2), Shape.of(1, 5, 3));
    }

    @Test
    void loraIsAProductOfLowRank() {
        AdaptedLayer adapted = adapted(new Linear(2, 3), Lora.of(1, 2));
        assertThat(adapted.parameters()).extracting(Parameter::name).containsExactly("weight.down", "weight.up");
        assertThat(adapted.buffers()).extracting(Parameter::name).containsExactly("weight", "bias");
        ModelWeights weights = ModelWeights.allocate(adapted, DType.F64);
        weights.assign("weight", 1, 2, 3, 4, 5, 6);
        weights.assign("weight.down", 1, 10);
        weights.assign("weight.up", 1, 0, -1);
        ModelWeights merged = adapted.adaptation().merge(new Linear(2, 3), weights);
        assertThat(Bytes.literal(
                                merged.named().get("weight").type(),
                                merged.named().get("weight").bytes())
                        .toArray())
                .containsExactly(3, 2, 1, 24, 5, -14);
    }

    @Test
    void orthogonalBlocksKeepLengths() {
        AdaptedLayer adapted = adapted(new Linear(2, 4), new Oft(3));
        ModelWeights weights = ModelWeights.allocate(adapted, DType.F64);
        weights.assign("weight", 1, 2, 3, 4, 5, 6, 7, 8);
        weights.assign("weight.skew", Evaluated.noise("skew", 18));
        ModelWeights merged = adapted.adaptation().merge(new Linear(2, 4), weights);
        double[] w = Bytes.literal(
                        merged.named().get("weight").type(),
                        merged.named().get("weight").bytes())
                .toArray();
        assertThat(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]).isEqualTo(14, within(1e-12));
        assertThat(Math.abs(w[0] - 1)).isGreaterThan(1e-3);
        assertThat(w[3]).isEqualTo(4, within(1e-12));
        assertThat(w[0] * w[4] + w[1] * w[5] + w[2] * w[6]).isEqualTo(5 + 12 + 21, within(1e-12));
    }

    @Test
    void singularValuesComposeTheMatrix() {
        for (int[] size : new int[][] {{5, 3}, {3, 5}, {4, 4}, {1, 6}}) {
            double[] matrix = Evaluated.noise("svd", (long) size[0] * size[1]);
            int count = Math.min(size[0], size[1]);
            SingularValues svd = SingularValues.of(matrix, size[0], size[1]);
            double[] left = svd.left(0, count, s -> s);
            double[] right = svd.right(0, count, s -> 1);
            assertThat(svd.values()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            for (int i = 0; i < size[0]; i++) {
                for (int j = 0; j < size[1]; j++) {
                    double sum = 0;
                    for (int k = 0; k < count; k++) {
                        sum += left[i * count + k] * right[k * size[1] + j];
                    }
                    assertThat(sum).isEqualTo(matrix[i * size[1] + j], within(1e-13));
                }
            }
        }
        assertThat(SingularValues.of(new double[] {3, 0, 4, 5}, 2, 2).values())
                .containsExactly(new double[] {Math.sqrt(45), Math.sqrt(5)}, within(1e-13));
    }

    @Test
    void namesThatMatchNothingAreRefused() {
        assertThatThrownBy(() -> Adaptation.of(NETWORK, Pattern.compile("layer.*bias"), Lora.of(2, 1)))
                .hasMessageContaining("layer.*bias")
                .hasMessageContaining("layers.0.weight");
        assertThatThrownBy(() -> Lora.of(0, 1)).hasMessageContaining("got 0");
    }
}
