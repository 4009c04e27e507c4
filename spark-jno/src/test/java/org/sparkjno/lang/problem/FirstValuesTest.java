// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.lang.feed.Numerals;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.nn.Initialisation;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.adapter.Lora;

class FirstValuesTest {
    private static final Model NET = Models.mlp(1, 4, 4, 1).optimizer(Optimisers.adam(1e-30));

    /** The first values of a parameter: training at such a rate changes none. */
    private static double[] first(Model net, String name) {
        Run run = Problem.minimize(Tiny.solution(net).meanSquare())
                .train(Training.steps(1).inDouble());
        return run.evaluator().numbers().get(net.name() + "." + name).values();
    }

    @Test
    void patternsChooseRules() {
        Model net = NET.initialise("*", Initialisation.orthogonal())
                .initialise("*.bias", new Initialiser.Constant(0.25))
                .initialise("layers.2.*", (shape, stream) -> new double[Math.toIntExact(shape.size())]);
        double[] q = first(net, "layers.1.weight");
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double sum = 0;
                for (int i = 0; i < 4; i++) {
                    sum += q[i * 4 + a] * q[i * 4 + b];
                }
                assertThat(sum).isCloseTo(a == b ? 1 : 0, within(1e-14));
            }
        }
        assertThat(first(net, "layers.1.bias")).containsOnly(0.25);
        assertThat(first(net, "layers.2.weight")).containsOnly(0);
        assertThat(first(net, "layers.2.bias")).containsOnly(0);
        assertThat(first(net.dtype(DType.F32), "layers.1.bias")).containsOnly(0.25);
        assertThat(first(net.adapt("layers.1.weight", Lora.of(1, 1)), "layers.1.weight"))
                .containsExactly(q);
        assertThat(first(net.named("other"), "layers.1.weight")).isNotEqualTo(q);
    }

    @Test
    void numbersComeFromTreesAndFiles(@TempDir Path directory) throws IOException {
        Map<String, double[]> tree = Map.of("layers.0.bias", new double[] {1, 2, 3, 4});
        assertThat(first(NET.initialise(tree), "layers.0.bias")).containsExactly(1, 2, 3, 4);
        Path file = directory.resolve("first.safetensors");
        TensorType type = new TensorType(DType.F32, Shape.of(4, 1));
        try (OutputStream stream = Files.newOutputStream(file)) {
            new Safetensors(
                            Map.of(),
                            Map.of(
                                    "layers.2.weight",
                                    new StoredTensor(type, Numerals.of(new double[] {5, 6, 7, 8}, DType.F32))))
                    .write(stream);
        }
        assertThat(first(NET.initialise(file), "layers.2.weight")).containsExactly(5, 6, 7, 8);
        assertThatThrownBy(() -> NET.initialise(directory.resolve("none"))).hasMessageContaining("could not be read");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> NET.initialise("layer.*", Initialisation.he())).hasMessageContaining("No parameter");
        assertThatThrownBy(() -> NET.initialise("*.bias", Initialisation.he()))
                .hasMessageContaining("no inputs and outputs");
        assertThatThrownBy(() -> NET.initialise(Map.of("bias", new double[1]))).hasMessageContaining("name them so");
        assertThatThrownBy(() -> NET.initialise(Map.of("layers.0.bias", new double[1])))
                .hasMessageContaining("1 first values");
    }
}
