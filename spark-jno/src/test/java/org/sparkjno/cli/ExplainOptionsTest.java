// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.Mlp;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Schedule;
import org.sparkjno.train.StepFunction;
import org.sparkjno.train.StepGraphs;
import picocli.CommandLine;

final class ExplainOptionsTest {
    private static final Recipe RECIPE = new Recipe(
            Mlp.of(Activation.TANH, 1, 8, 1),
            Loss.MEAN_SQUARE,
            Adam.decoupled(0),
            new Schedule.Constant(1e-3),
            DType.F32,
            2,
            0,
            "none");

    private final StringWriter told = new StringWriter();

    @Test
    void everyFunctionHasItsStagesKernelsAndArena(@TempDir Path directory) throws IOException {
        StepGraphs graphs = new StepGraphs(RECIPE, Shape.of(4, 1), Shape.of(4, 1));
        options("--explain", directory.toString()).write(graphs.training(2), new PrintWriter(told));

        for (String function : List.of("step", "errors")) {
            Path place = directory.resolve(function);
            assertThat(place.resolve("kernels.c")).content().contains("// k0: kernel 0", "void k0(");
            assertThat(place.resolve("kernels.txt")).content().contains("GB/s");
            assertThat(place.resolve("arena.txt")).content().contains("offset");
            assertThat(place.resolve("summary.txt")).content().contains("liveness lower bound");
            assertThat(ImageIO.read(place.resolve("arena.png").toFile())).isNotNull();
            List<Path> stages = stages(place);
            assertThat(stages).hasSizeGreaterThan(3);
            for (Path stage : stages) {
                String text = Files.readString(stage);
                assertThat(GraphParser.parse(text).print()).isEqualTo(text);
            }
            assertThat(told.toString()).contains("compiled " + function);
        }
    }

    @Test
    void nothingIsWrittenUnlessAskedFor() throws IOException {
        options().write(List.of(new StepFunction("step", null, 0)), new PrintWriter(told));

        assertThat(told.toString()).isEmpty();
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        StepGraphs graphs = new StepGraphs(RECIPE, Shape.of(4, 1), Shape.of(4, 1));

        assertThatThrownBy(
                        () -> options("--explain", file.toString()).write(graphs.evaluation(), new PrintWriter(told)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--explain");
    }

    private static List<Path> stages(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".graph")).toList();
        }
    }

    private static ExplainOptions options(String... arguments) {
        ExplainOptions options = new ExplainOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
