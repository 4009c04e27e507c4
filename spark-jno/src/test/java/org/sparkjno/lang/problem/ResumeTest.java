// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.lang.balance.GradientNorm;
import org.sparkjno.lang.balance.ReLoBRaLo;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.resample.R3;
import org.sparkjno.lang.resample.RarD;
import org.sparkjno.optim.AdaptiveRate;

class ResumeTest {
    @TempDir
    private Path directory;

    /** Problems whose next steps depend on different things. */
    enum Kind {
        BATCHES_AND_NOISE,
        PARTS,
        BALANCE,
        LOOKS_AT_GRADIENTS,
        LINE_SEARCH,
        DENSE_LINE_SEARCH,
        POINTS,
        MORE_POINTS,
        POINTS_WITH_ROOM,
        TURNS;

        Problem problem() {
            Expression noise =
                    Expression.of(new Term.Random(Noise.GAUSSIAN, Tiny.X.space().axes(), 0, "noise"));
            Model following = Tiny.NET.optimizer(Optimisers.adam(AdaptiveRate.LossSlope.of(1e-3)));
            Model number = Models.coefficient("number", 1).optimizer(Optimisers.adam(1e-2));
            return switch (this) {
                case BATCHES_AND_NOISE ->
                    Tiny.problem(following)
                            .and(
                                    "noisy",
                                    1,
                                    Tiny.solution(following).plus(noise).meanSquare());
                case PARTS ->
                    Tiny.problem(following)
                            .and(
                                    "noisy",
                                    1,
                                    Tiny.solution(following).plus(noise).meanSquare())
                            .balance(new ReLoBRaLo(0.9, 0.1, 0.5));
                case BALANCE -> Tiny.problem(Tiny.NET).balance(new ReLoBRaLo(0.9, 0.1, 0.5));
                case LOOKS_AT_GRADIENTS -> Tiny.problem(Tiny.NET).balance(GradientNorm.every(3));
                case LINE_SEARCH -> Tiny.problem(Tiny.NET.optimizer(Optimisers.lbfgs()));
                case DENSE_LINE_SEARCH -> Tiny.problem(Tiny.NET.optimizer(Optimisers.selfScaledBroyden()));
                case POINTS -> Tiny.problem(Tiny.NET).resample(Tiny.INTERIOR, 4, new R3(), Tiny.residual(Tiny.NET));
                case MORE_POINTS ->
                    Tiny.problem(Tiny.NET).resample(Tiny.INTERIOR, 5, RarD.adding(3), Tiny.residual(Tiny.NET));
                case POINTS_WITH_ROOM ->
                    Tiny.problem(Tiny.NET)
                            .resample(Tiny.INTERIOR, 5, RarD.adding(3).upTo(40), Tiny.residual(Tiny.NET));
                case TURNS ->
                    Tiny.problem(Tiny.NET)
                            .and(
                                    "pull",
                                    1,
                                    number.at()
                                            .minus(Tiny.solution(Tiny.NET).mean())
                                            .square())
                            .alternate(Turn.of(2, Tiny.NET), Turn.of(1, number));
            };
        }

        Training training(int steps) {
            int points = this == BATCHES_AND_NOISE || this == MORE_POINTS || this == PARTS ? 7 : 0;
            return Training.steps(steps).points(points).accumulate(this == PARTS ? 2 : 1);
        }
    }

    private static Map<String, List<Double>> state(Tiny.Outcome outcome) {
        Map<String, List<Double>> state = new TreeMap<>();
        state.put("total", boxed(outcome.history().total()));
        state.put("factors", boxed(outcome.history().factor("pde")));
        state.put("rates", boxed(outcome.history().rates()));
        state.put("numbers", boxed(outcome.all()));
        return state;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anInterruptedRunComesToTheSameBits(Kind kind) throws Exception {
        Problem problem = kind.problem().track("mean", 3, Tiny.X.mean());
        Tiny.Outcome whole = Tiny.train(problem, kind.training(17), 1).get(0);
        String where = directory.toString();
        Training saved = kind.training(17).checkpoint(where, 8);
        StepListener death = (steps, loss) -> {
            if (steps == 13) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> problem.train(saved.inDouble(), death)).hasMessage("killed");
        Tiny.Outcome resumed = Tiny.train(problem, saved.resume(), 1).get(0);
        assertThat(state(resumed)).isEqualTo(state(whole));
        assertThat(resumed.history().tracked("mean")).isEqualTo(whole.history().tracked("mean"));
    }

    @Test
    void twoTasksResumeFromOneCheckpoint() throws Exception {
        Problem problem = Kind.BALANCE.problem();
        List<Tiny.Outcome> whole = Tiny.train(problem, Training.steps(9), 2);
        Training saved = Training.steps(6).checkpoint(directory.toString(), 4);
        Tiny.train(problem, saved, 2);
        List<Tiny.Outcome> resumed = Tiny.train(
                problem, Training.steps(9).checkpoint(directory.toString(), 4).resume(), 2);
        assertThat(state(resumed.get(0))).isEqualTo(state(whole.get(0)));
        assertThat(state(resumed.get(1))).isEqualTo(state(whole.get(1)));
    }

    @Test
    void checkpointsAreReadable() throws Exception {
        Problem problem =
                Tiny.problem(Tiny.NET).track("mean", 2, Tiny.solution(Tiny.NET).mean());
        problem.train(Training.steps(5).checkpoint(directory.toString(), 2));
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("step-00000004", "step-00000005");
        Path last = directory.resolve("step-00000005");
        try (Stream<Path> files = Files.list(last)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".crc")))
                    .containsExactlyInAnyOrder("numbers.safetensors", "state.safetensors", "state.json", "_COMMIT");
        }
        assertThat(Files.readString(last.resolve("state.json")))
                .contains("\"step\" : 5", "\"precision\" : \"f32\"", "\"weight of the loss ends\" : \"10.0\"");
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() throws IOException {
        Problem problem = Tiny.problem(Tiny.NET);
        Training training = Training.steps(2).checkpoint(directory.toString(), 2);
        problem.train(training);
        assertThatThrownBy(() -> problem.train(training))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("There is already a checkpoint");
        assertThatThrownBy(() -> problem.train(training.seed(5).resume()))
                .hasMessageContaining("another seed (0) than this run (5)");
        assertThatThrownBy(() -> problem.balance(ReLoBRaLo.of()).train(training.resume()))
                .hasMessageContaining("another balance");
        assertThatThrownBy(() -> Training.steps(2).resume()).hasMessageContaining("nothing to resume");
    }
}
