// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.ModelWeights;

class EvaluationTest {
    @Test
    void errorsAreThoseOfThePredictions() {
        Recipe recipe = Tiny.recipe(4, 0.01);
        ModelWeights weights = Tiny.weights(recipe);
        SampleStore samples = Tiny.samples(0, 6, 0, 1);
        try (Device device = CpuDevice.open();
                Evaluation evaluation = Evaluation.open(device, recipe, weights, Tiny.FIELD, Tiny.FIELD)) {
            double[] errors = evaluation.errors(samples);
            float[][] predictions = evaluation.predictions(samples);
            assertThat(errors).hasSize(6);
            for (int s = 0; s < 6; s++) {
                double difference = 0;
                double norm = 0;
                for (int i = 0; i < Tiny.POINTS; i++) {
                    double truth = samples.get(s).target()[i];
                    difference += Math.pow(predictions[s][i] - truth, 2);
                    norm += truth * truth;
                }
                assertThat(errors[s]).isEqualTo(Math.sqrt(difference / norm), within(1e-5));
            }
        }
    }

    @Test
    void targetsThatTheModelDoesNotPredictAreRefused() {
        Recipe recipe = Tiny.recipe(4, 0.01);
        try (Device device = CpuDevice.open()) {
            assertThatThrownBy(() -> Evaluation.open(device, recipe, Tiny.weights(recipe), Tiny.FIELD, Shape.of(9, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("predicts f32[4,8,1]")
                    .hasMessageContaining("targets are f32[4,9,1]");
        }
    }
}
