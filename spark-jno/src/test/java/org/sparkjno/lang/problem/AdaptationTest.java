// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.lang.model.Model;
import org.sparkjno.nn.adapter.Adapter;
import org.sparkjno.nn.adapter.Lora;
import org.sparkjno.nn.adapter.Pissa;

class AdaptationTest {
    private static Problem shifted(Model net) {
        return Problem.minimize(Tiny.solution(net).minus(Tiny.EXACT.times(1.5)).meanSquare());
    }

    @Test
    void adaptersAreTrainedAndTheirWeightsStay() throws Exception {
        Run before = Tiny.problem(Tiny.NET).train(Training.steps(60).inDouble());
        double reached = before.evaluate(shifted(Tiny.NET).losses().get(0)).single();
        Map<String, Packed> weights = Run.numbers(List.of(before));
        for (Adapter adapter : List.of(Lora.of(2, 1), Pissa.of(2, 1))) {
            Model adapted = Tiny.NET.adapt("*.weight", adapter);
            Run after = shifted(adapted).train(Training.steps(60).inDouble(), before);
            assertThat(after.history().total()[0]).isCloseTo(reached, within(1e-9 * reached));
            assertThat(after.history().last()).isLessThan(0.5 * reached);
            Map<String, Packed> numbers = Run.numbers(List.of(after));
            weights.forEach((name, one) ->
                    assertThat(numbers.get(name).bytes()).as(name).isEqualTo(one.bytes()));
            assertThat(numbers).hasSizeGreaterThan(weights.size());
        }
    }

    @Test
    void twoTasksAdaptAlike() throws Exception {
        Problem problem = shifted(Tiny.NET.adapt("*.weight", Pissa.of(1, 1)));
        double[] one =
                Tiny.train(problem, Training.steps(8), 1).get(0).history().total();
        double[] two =
                Tiny.train(problem, Training.steps(8), 2).get(1).history().total();
        assertThat(two).containsExactly(one, within(1e-9));
        assertThatThrownBy(() -> Tiny.NET.adapt("bias", Lora.of(2, 1))).hasMessageContaining("No weight");
    }
}
