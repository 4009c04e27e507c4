// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;
import org.sparkjno.nn.adapter.Lora;
import org.sparkjno.optim.Schedule;

class TypedModelTest {
    private static final Model DOUBLE = Tiny.NET.named("double").dtype(DType.F64);
    private static final Model HALF = Tiny.NET.named("half").dtype(DType.BF16);

    /** x + 10⁶ − 10⁶, which keeps one digit after the point in single precision. */
    private record Cancelling() implements Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Value apply(Weights weights, Value x) {
            return x.plus(1e6).minus(1e6);
        }
    }

    /** Three models of three types. */
    private static Problem mixed() {
        return Problem.minimize("first", Tiny.residual(DOUBLE).meanSquare())
                .and("second", 1, Tiny.residual(HALF).meanSquare())
                .and(
                        "third",
                        1,
                        Tiny.solution(Tiny.NET).minus(Tiny.solution(DOUBLE)).meanSquare());
    }

    @Test
    void eachModelIsTrainedInItsType() {
        Run run = mixed().train(Training.steps(200));
        Map<String, Packed> numbers = run.evaluator().numbers();
        assertThat(numbers.get("double.layers.0.weight").dtype()).isEqualTo(DType.F64);
        assertThat(numbers.get("half.layers.0.weight").dtype()).isEqualTo(DType.F32);
        assertThat(numbers.get("mlp.layers.0.weight").dtype()).isEqualTo(DType.F32);
        for (String loss : List.of("first", "second", "third")) {
            assertThat(run.history().loss(loss)[199])
                    .isLessThan(0.9 * run.history().loss(loss)[0]);
        }
        assertThat(mixed().explain(Training.steps(1))).contains("numbers (f64)", "numbers (f32)");
    }

    @Test
    void arithmeticIsOfTheTypeOfTheModel() {
        Model single = Models.pointwise("cancelling", new Cancelling(), 1, 1);
        Problem problem = Problem.minimize(Tiny.solution(Tiny.NET).meanSquare());
        Run run = problem.train(Training.steps(1));
        Expression x = Tiny.X;
        assertThat(run.evaluate(single.at(x).minus(x).maxAbsolute()).single()).isGreaterThan(1e-3);
        assertThat(run.evaluate(single.dtype(DType.F64).at(x).minus(x).maxAbsolute())
                        .single())
                .isLessThan(1e-6);
        assertThat(run.evaluate(single.dtype(DType.F64).at(x).d(x).minus(1).maxAbsolute())
                        .single())
                .isLessThan(1e-6);
        Run precise = problem.train(Training.steps(1).inDouble());
        assertThat(precise.evaluate(single.dtype(DType.F32).at(x).minus(x).maxAbsolute())
                        .single())
                .isGreaterThan(1e-3);
    }

    @Test
    void roundedWeightsAreMovedInFull() {
        Model number = Models.coefficient("number", 1.001)
                .dtype(DType.BF16)
                .optimizer(Optimisers.sgd(0, new Schedule.Constant(0.1)));
        Run run = Problem.minimize(number.at().minus(3).square())
                .train(Training.steps(1).inDouble());
        // 1.001 is 1 in bf16, so the slope is that at 1.
        assertThat(run.history().last()).isEqualTo(4);
        assertThat(run.evaluator().numbers().get("number.value").values()[0]).isCloseTo(1.401, within(1e-12));
    }

    @Test
    void severalTasksAndAnInterruptionChangeNothing(@TempDir Path directory) throws Exception {
        Training training = Training.steps(12);
        List<Double> one = List.of(boxed(Tiny.train(mixed(), training, 1).get(0)));
        List<Tiny.Outcome> two = Tiny.train(mixed(), training, 2);
        assertThat(two.get(0).all()).containsExactly(two.get(1).all());
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.get(0).history().total()[i]).isCloseTo(one.get(i), within(1e-6 * one.get(i)));
        }
        Training saved = training.checkpoint(directory.toString(), 5);
        StepListener death = (steps, loss) -> {
            if (steps == 7) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> mixed().train(saved.inDouble(), death)).hasMessage("killed");
        assertThat(boxed(Tiny.train(mixed(), saved.resume(), 1).get(0))).containsExactly(one.toArray(Double[]::new));
    }

    private static Double[] boxed(Tiny.Outcome outcome) {
        return Arrays.stream(outcome.history().total()).boxed().toArray(Double[]::new);
    }

    @Test
    void filesKeepTheType(@TempDir Path directory) throws IOException {
        Run run = mixed().train(Training.steps(3));
        run.save(directory);
        Map<String, StoredTensor> tensors = Safetensors.read(
                        "models", new ByteArrayInputStream(Files.readAllBytes(directory.resolve("models.safetensors"))))
                .tensors();
        assertThat(tensors.get("double.layers.0.weight").type().dtype()).isEqualTo(DType.F64);
        assertThat(tensors.get("half.layers.0.weight").type().dtype()).isEqualTo(DType.BF16);
        assertThat(tensors.get("mlp.layers.0.weight").type().dtype()).isEqualTo(DType.F32);
        SavedModels loaded = SavedModels.load(directory);
        for (String name : List.of("double", "half", "mlp")) {
            Model model = loaded.model(name);
            assertThat(loaded.evaluate(model.at(Tiny.X)).values())
                    .containsExactly(run.evaluate(model.at(Tiny.X)).values());
        }
        Run more = mixed().train(Training.steps(1), loaded);
        assertThat(more.history().total()[0])
                .isCloseTo(
                        run.evaluate(mixed().losses().get(0)).single()
                                + run.evaluate(mixed().losses().get(1)).single()
                                + run.evaluate(mixed().losses().get(2)).single(),
                        within(1e-4));
    }

    @Test
    void adaptersAreOfTheTypeOfTheirModel() {
        Model adapted = HALF.adapt("*.weight", Lora.of(2, 1));
        assertThat(adapted.architecture())
                .isEqualTo(Tiny.NET
                        .adapt("*.weight", Lora.of(2, 1))
                        .dtype(DType.BF16)
                        .architecture());
        assertThat(DOUBLE.dtype(DType.F32).precision(DType.F64)).isEqualTo(DType.F32);
        assertThatThrownBy(() -> Tiny.NET.dtype(DType.I32)).hasMessageContaining("not in i32");
        Model descending = DOUBLE.optimizer(Optimisers.lbfgs());
        Model other = Tiny.NET.optimizer(Optimisers.lbfgs());
        Problem problem = Problem.minimize(
                Tiny.solution(descending).minus(Tiny.solution(other)).meanSquare());
        assertThatThrownBy(() -> problem.train(Training.steps(1))).hasMessageContaining("one type");
    }
}
