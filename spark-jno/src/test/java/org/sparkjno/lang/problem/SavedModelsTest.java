// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;
import org.sparkjno.nn.adapter.Lora;

class SavedModelsTest {
    private static final Domain PLANE =
            Domain.grid(new double[] {0, 0}, new double[] {1, 1}, 8, 8).samples(2);
    private static final Expression X = PLANE.interior("x");
    private static final Expression Y = PLANE.interior("y");
    private static final Expression K = PLANE.parameter("k", 0.5, 1.5);
    private static final Model OPERATOR = Models.deepONet(1, 2, 6, 4).optimizer(Optimisers.adam(1e-3));
    private static final Model FNO = Models.fno2d(1, 1, 4, 3).optimizer(Optimisers.adam(1e-3));
    private static final Model SLOPE = Models.coefficient("slope", 0.5).optimizer(Optimisers.adam(1e-2));
    private static final Model NET = Models.mlp(2, 6, 2).optimizer(Optimisers.adam(1e-3));

    private static Expression sum(Model operator, Model fno, Model slope, Model net) {
        Expression u = operator.at(K, X, Y);
        return u.plus(fno.at(u)).plus(slope.at().times(X)).plus(net.at(X, Y).get(1));
    }

    private static final Expression SUM = sum(OPERATOR, FNO, SLOPE, NET);
    private static final Problem PROBLEM = Problem.minimize(SUM.minus(X).meanSquare());

    @Test
    void whatIsLoadedHasTheSameValuesToTheBit(@TempDir Path directory) throws IOException {
        Run run = PROBLEM.train(Training.steps(3).seed(7));
        run.save(directory);
        SavedModels loaded = SavedModels.load(directory);
        assertThat(loaded.models()).isEqualTo(run.models());
        assertThat(loaded.evaluate(SUM).values())
                .containsExactly(run.evaluate(SUM).values());
        Expression again =
                sum(loaded.model("deeponet"), loaded.model("fno"), loaded.model("slope"), loaded.model("mlp"));
        assertThat(loaded.evaluate(again).values())
                .containsExactly(run.evaluate(SUM).values());
        assertThat(loaded.model("deeponet").architecture()).isEqualTo(OPERATOR.architecture());
        assertThat(Files.readString(directory.resolve("models.json")))
                .contains("\"kind\" : \"branch-trunk\"", "\"activation\" : \"TANH\"");
        run.save(directory);
    }

    @Test
    void adaptedAndTypedModelsAreSavedToo(@TempDir Path directory) {
        Model net = Models.mlp(2, 6, 1)
                .adapt("*.weight", Lora.of(2, 1))
                .dtype(DType.BF16)
                .optimizer(Optimisers.adam(1e-3));
        Expression u = net.at(X, Y);
        Run run = Problem.minimize(u.minus(1).meanSquare()).train(Training.steps(2));
        run.save(directory);
        SavedModels loaded = SavedModels.load(directory);
        assertThat(loaded.model("mlp").architecture()).isEqualTo(net.architecture());
        assertThat(loaded.evaluate(u).values()).containsExactly(run.evaluate(u).values());
    }

    @Test
    void trainingGoesOnFromSavedModels(@TempDir Path directory) {
        Run run = PROBLEM.train(Training.steps(3).inDouble());
        run.save(directory);
        SavedModels loaded = SavedModels.load(directory);
        Run direct = PROBLEM.train(Training.steps(2).inDouble(), run);
        Run later = PROBLEM.train(Training.steps(2).inDouble(), loaded);
        assertThat(later.history().total()).containsExactly(direct.history().total());
        Model slope = loaded.model("slope").optimizer(Optimisers.adam(0.1));
        Run other = Problem.minimize(slope.at().minus(3).square()).train(Training.steps(1), loaded);
        assertThat(Math.abs(other.evaluate(slope.at()).single()
                        - run.evaluate(SLOPE.at()).single()))
                .isCloseTo(0.1, within(1e-5));
    }

    @Test
    void mistakesAreNamed(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> SavedModels.load(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("models.json is missing");
        PROBLEM.train(Training.steps(1)).save(directory);
        assertThatThrownBy(() -> SavedModels.load(directory).model("unet")).hasMessageContaining("'unet'");
        Path text = directory.resolve("models.json");
        String json = Files.readString(text);
        Files.writeString(text, json.replaceFirst("\"modes\" : 3", "\"modes\" : 2"));
        assertThatThrownBy(() -> SavedModels.load(directory))
                .hasMessageContaining("'fno.")
                .hasMessageContaining("save both files together");
        Files.writeString(text, json.replace("\"name\" : \"slope\"", "\"name\" : \"gradient\""));
        assertThatThrownBy(() -> SavedModels.load(directory)).hasMessageContaining("'gradient.value' are missing");
        Files.writeString(text, json.replace("branch-trunk", "tree"));
        assertThatThrownBy(() -> SavedModels.load(directory)).hasMessageContaining("does not describe models");
        Files.writeString(text, json.replace("\"version\" : 1", "\"version\" : 9"));
        assertThatThrownBy(() -> SavedModels.load(directory)).hasMessageContaining("format version 9");
        Files.writeString(text, json);
        Files.write(directory.resolve("models.safetensors"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> SavedModels.load(directory)).hasMessageContaining("models.safetensors");
    }

    /** A network of somebody's own. */
    private record Gate(Mlp inner) implements Layer {
        @Override
        public List<Parameter> parameters() {
            return Parameter.under("inner", inner.parameters());
        }

        @Override
        public Value apply(Weights weights, Value x) {
            return inner.apply(weights.under("inner"), x).tanh();
        }
    }

    @Test
    void ofModelsThatHoldCodeTheNumbersAreSaved(@TempDir Path directory) {
        Model gate = Models.pointwise("gate", new Gate(Mlp.of(Activation.SIN, 2, 5, 1)), 2, 1)
                .optimizer(Optimisers.adam(1e-2));
        Model solve = Models.solution("solve", (u, coefficients, grid) -> u.plus(Value.full(u.type(), 0)), 0);
        Expression u = solve.at(SLOPE.at().times(gate.at(X, Y)));
        Problem problem = Problem.minimize(u.minus(1).meanSquare());
        Run run = problem.train(Training.steps(3));
        run.save(directory);
        SavedModels loaded = SavedModels.load(directory);

        assertThat(loaded.models()).containsExactly("slope");
        assertThat(loaded.evaluate(u).values()).containsExactly(run.evaluate(u).values());
        assertThat(problem.train(Training.steps(2), loaded).history().total())
                .containsExactly(problem.train(Training.steps(2), run).history().total());
        assertThatThrownBy(() -> loaded.model("gate")).hasMessageContaining("state it again under this name");
        assertThatThrownBy(() -> loaded.model("gates")).hasMessageContaining("there are [slope]");
    }
}
