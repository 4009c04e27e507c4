// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class NormalisationTest {
    private static final double EPSILON = 0.125;
    private static final TensorType TYPE = TensorType.f64(2, 3, 2, 4);
    private static final Literal X = FunctionCheck.random(1, TYPE).get(0);

    /** Elements with equal numbers belong together. */
    private interface Grouping {
        int of(int sample, int point, int channel);
    }

    private static void holds(Normalisation normalisation, Grouping grouping, boolean centred) {
        double[] actual = FunctionCheck.value(v -> normalisation.apply(v.get(0)), X);
        for (int i = 0; i < actual.length; i++) {
            double sum = 0;
            double squares = 0;
            double count = 0;
            for (int k = 0; k < actual.length; k++) {
                if (group(grouping, k) == group(grouping, i)) {
                    sum += X.get(k);
                    squares += X.get(k) * X.get(k);
                    count++;
                }
            }
            double mean = centred ? sum / count : 0;
            double variance = squares / count - mean * mean;
            assertThat(actual[i]).isCloseTo((X.get(i) - mean) / Math.sqrt(variance + EPSILON), within(1e-13));
        }
    }

    private static int group(Grouping grouping, int position) {
        return grouping.of(position / 24, position / 4 % 6, position % 4);
    }

    @Test
    void normalisesWithinItsGroups() {
        holds(Normalisation.layer(1, EPSILON), (b, p, c) -> 6 * b + p, true);
        holds(Normalisation.layer(3, EPSILON), (b, p, c) -> b, true);
        holds(Normalisation.rms(1, EPSILON), (b, p, c) -> 6 * b + p, false);
        holds(Normalisation.group(2, EPSILON), (b, p, c) -> 2 * b + c / 2, true);
        holds(Normalisation.group(4, EPSILON), (b, p, c) -> b, true);
        holds(Normalisation.instance(EPSILON), (b, p, c) -> 4 * b + c, true);
    }

    @Test
    void derivativesWithScaleAndShift() {
        TensorType small = TensorType.f64(2, 3, 4);
        TensorType channels = TensorType.f64(4);
        for (Normalisation normalisation : new Normalisation[] {
            Normalisation.layer(1, 1e-3),
            Normalisation.rms(1, 1e-3),
            Normalisation.group(2, 1e-3),
            Normalisation.instance(1e-3)
        }) {
            FunctionCheck.check(v -> normalisation.apply(v.get(0), v.get(1), v.get(2)), small, channels, channels);
        }
    }

    @Test
    void oneElementIsItsMean() {
        Literal one = Literal.of(TensorType.f64(1, 1), 7);
        assertThat(FunctionCheck.value(v -> Normalisation.layer(1, 1e-5).apply(v.get(0)), one))
                .containsExactly(0);
        assertThat(FunctionCheck.value(v -> Normalisation.instance(1e-5).apply(v.get(0)), one))
                .containsExactly(0);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Value x = Value.input("x", TensorType.f32(2, 3, 4));
        Value three = Value.input("s", TensorType.f32(3));
        assertThatThrownBy(() -> Normalisation.layer(1, -1))
                .hasMessage("The epsilon of a normalisation is at least 0, but got -1.0.");
        assertThatThrownBy(() -> Normalisation.layer(0, 0)).hasMessageContaining("at least one axis or channel");
        assertThatThrownBy(() -> Normalisation.layer(4, 0).apply(x))
                .hasMessage("A normalisation over the last 4 axes needs them, but got f32[2,3,4].");
        assertThatThrownBy(() -> Normalisation.group(3, 0).apply(x)).hasMessageContaining("whole groups");
        assertThatThrownBy(() -> Normalisation.layer(1, 0).apply(x, three, three))
                .hasMessage("The scale and the shift of this normalisation of f32[2,3,4] need the shape [4],"
                        + " but got f32[3].");
    }
}
