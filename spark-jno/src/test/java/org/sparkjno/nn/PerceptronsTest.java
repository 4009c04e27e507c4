// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class PerceptronsTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Initialisation GLOROT = Initialisation.glorot();

    static Stream<Layer> networks() {
        Mlp mlp = Mlp.of(Activation.TANH, GLOROT, 2, 5, 4, 3);
        return Stream.of(
                mlp,
                mlp.factorised(0.5, 0.1),
                Siren.of(3, 2, 6, 5, 3),
                ModifiedMlp.of(Activation.TANH, GLOROT, 2, 5, 3, 3),
                Residual.perceptron(Activation.SILU, GLOROT, 2, 4, 2, 3),
                Sequential.of(new FourierFeatures(2, 3, 1.5), Mlp.of(Activation.SIN, GLOROT, 6, 4, 3)),
                Sequential.of(new PeriodicEmbedding(List.of(0.0, 2.0), 2), Mlp.of(Activation.GELU, GLOROT, 5, 4, 3)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void haveTheGradientsOfTheirDifferences(Layer network) {
        LayerCheck.gradients(network, Shape.of(3, 2), Shape.of(3, 3));
        LayerCheck.gradients(network, Shape.of(2, 3, 2), Shape.of(2, 3, 3));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsHaveTheirDerivatives(Activation activation) {
        LayerCheck.gradients(new Pointwise(activation), Shape.of(7), Shape.of(7));
    }

    @Test
    void activationsHaveTheirValues() {
        assertThat(at(Activation.SIN, 1)).isEqualTo(Math.sin(1), ROUNDING);
        assertThat(at(Activation.SILU, 1)).isEqualTo(1 / (1 + Math.exp(-1)), ROUNDING);
        assertThat(at(Activation.SOFTPLUS, -3)).isEqualTo(Math.log1p(Math.exp(-3)), ROUNDING);
        assertThat(at(Activation.RELU, -3)).isZero();
        assertThat(at(Activation.LEAKY_RELU, -3)).isEqualTo(-0.03, ROUNDING);
        assertThat(at(Activation.GELU_TANH, 1)).isEqualTo(0.841192, within(1e-6));
        assertThat(at(Activation.SIGMOID, 0)).isEqualTo(0.5, ROUNDING);
        assertThat(at(Activation.IDENTITY, 4)).isEqualTo(4);
    }

    private static double at(Activation activation, double x) {
        Value input = Value.input("x", TensorType.f64(1));
        return LayerCheck.run(Map.of(input, new double[] {x}), List.of(activation.apply(input)))[0][0];
    }

    @Test
    void aFactorisedLayerScalesItsColumns() {
        double[] result = Evaluated.layer(
                new FactorisedLinear(new Linear(2, 2, GLOROT), 0.5, 0.1),
                Map.of(
                        "direction", new double[] {1, 2, 3, 4},
                        "scale", new double[] {0, Math.log(10)},
                        "bias", new double[] {1, -1}),
                Shape.of(1, 2),
                new double[] {1, 1});
        assertThat(result).containsExactly(new double[] {5, 59}, ROUNDING);
    }

    @Test
    void fourierFeaturesAreCosinesThenSines() {
        double[] result = Evaluated.layer(
                new FourierFeatures(1, 2, 1), Map.of("frequencies", new double[] {1, 3}), Shape.of(1, 1), new double[] {
                    0.4
                });
        assertThat(result)
                .containsExactly(new double[] {Math.cos(0.4), Math.cos(1.2), Math.sin(0.4), Math.sin(1.2)}, ROUNDING);
    }

    @Test
    void anEmbeddingIsPeriodicAndKeepsOtherCoordinates() {
        PeriodicEmbedding embedding = new PeriodicEmbedding(List.of(0.5, 0.0), 2);
        assertThat(embedding.outputs()).isEqualTo(5);
        double[] here = Evaluated.layer(embedding, Map.of(), Shape.of(1, 2), new double[] {0.1, 7});
        double[] next = Evaluated.layer(embedding, Map.of(), Shape.of(1, 2), new double[] {0.6, 7});
        assertThat(here)
                .containsExactly(
                        new double[] {
                            7,
                            Math.cos(0.4 * Math.PI),
                            Math.cos(0.8 * Math.PI),
                            Math.sin(0.4 * Math.PI),
                            Math.sin(0.8 * Math.PI)
                        },
                        ROUNDING);
        assertThat(next).containsExactly(here, ROUNDING);
    }

    @Test
    void aModifiedPerceptronMixesItsEncoders() {
        ModifiedMlp network = ModifiedMlp.of(Activation.TANH, GLOROT, 1, 1, 1, 1);
        double[] one = {1};
        double[] result = Evaluated.layer(
                network,
                Map.of(
                        "u.weight",
                        new double[] {2},
                        "u.bias",
                        new double[1],
                        "v.weight",
                        new double[] {-1},
                        "v.bias",
                        new double[1],
                        "hidden.0.weight",
                        one,
                        "hidden.0.bias",
                        new double[1],
                        "output.weight",
                        one,
                        "output.bias",
                        new double[1]),
                Shape.of(1, 1),
                new double[] {0.3});
        double z = Math.tanh(0.3);
        assertThat(result[0]).isEqualTo(Math.tanh(0.6) * z + Math.tanh(-0.3) * (1 - z), ROUNDING);
    }

    @Test
    void aSineNetworkHasItsFrequency() {
        double[] result = Evaluated.layer(
                Siren.of(30, 1, 1, 1),
                Map.of(
                        "layers.0.weight",
                        new double[] {0.01},
                        "layers.0.bias",
                        new double[1],
                        "layers.1.weight",
                        new double[] {2},
                        "layers.1.bias",
                        new double[] {1}),
                Shape.of(1, 1),
                new double[] {1});
        assertThat(result[0]).isEqualTo(2 * Math.sin(0.3) + 1, ROUNDING);
    }

    @Test
    void firstWeightsHaveTheirVariances() {
        assertThat(deviation(new Linear(40, 60, GLOROT))).isEqualTo(Math.sqrt(2.0 / 100), within(0.01));
        assertThat(deviation(new Linear(40, 60, new Initialisation.Glorot(Initialisation.Law.UNIFORM))))
                .isEqualTo(Math.sqrt(2.0 / 100), within(0.01));
        assertThat(deviation(new Linear(40, 60, Initialisation.he()))).isEqualTo(Math.sqrt(2.0 / 40), within(0.01));
        assertThat(deviation(new Linear(40, 60, new Initialisation.Sine(30, false))))
                .isEqualTo(Math.sqrt(2.0 / 40) / 30, within(0.001));
        assertThat(deviation(new Linear(40, 60, new Initialisation.Normal(0.7))))
                .isEqualTo(0.7, within(0.03));
    }

    private static double deviation(Linear linear) {
        ParameterLayout layout = ParameterLayout.of(linear.parameters().subList(0, 1), DType.F64);
        double sum = 0;
        for (double element : LayerCheck.doubles(layout.initialise(1))) {
            sum += element * element;
        }
        return Math.sqrt(sum / layout.size());
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Mlp(List.of(new Linear(2, 3), new Linear(4, 1)), Activation.TANH))
                .hasMessageContaining("takes 4 channels");
        assertThatThrownBy(() -> Mlp.of(Activation.TANH, 3)).hasMessageContaining("[3]");
        Value x = Value.input("x", TensorType.f64(5, 3));
        Weights weights = Weights.of(
                Map.of("weight", Value.input("w", TensorType.f64(2, 1)), "bias", Value.input("b", TensorType.f64(1))));
        assertThatThrownBy(() -> new Linear(2, 1).apply(weights, x)).hasMessageContaining("2 channels");
    }
}
