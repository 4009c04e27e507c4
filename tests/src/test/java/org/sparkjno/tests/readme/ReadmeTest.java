// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.tests.process.JavaProcess;

/** Compiles and runs the programs in the README and in the documents that it points to, as they stand there. */
final class ReadmeTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```(java|kotlin|scala)$(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** A program without a main method, which {@code jno problem} runs. */
    private static final Pattern STUDY = Pattern.compile("class \\w+ implements Study");

    /**
     * A program in a document.
     *
     * @param language in which it is written
     * @param text as it stands there
     */
    private record Program(Language language, String text) {
        void run(Path directory) throws Exception {
            language.compile(Files.writeString(directory.resolve(language.file(text)), text), directory);
            try (JavaProcess process = start(directory)) {
                int status = process.status();
                assertThat(status)
                        .as(() -> String.join(System.lineSeparator(), process.errors()))
                        .isZero();
                assertThat(process.output()).isNotBlank();
            }
        }

        private JavaProcess start(Path directory) throws IOException {
            String main = language.main(text);
            return STUDY.matcher(text).find()
                    ? JavaProcess.main(directory, "org.sparkjno.cli.Jno", "problem", main, "--out", "runs/" + main)
                    : JavaProcess.main(directory, main);
        }
    }

    @Test
    void everyProgramCompilesAndRuns(@TempDir Path directory) throws Exception {
        List<Program> programs = programs();
        assertThat(programs).extracting(Program::language).contains(Language.values());
        for (Program program : programs) {
            program.run(directory);
        }
    }

    private static List<Program> programs() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("..", "README.md")));
        try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<Program> programs = new ArrayList<>();
        for (Path document : documents) {
            BLOCK.matcher(Files.readString(document))
                    .results()
                    .forEach(block -> programs.add(new Program(Language.of(block.group(1)), block.group(2))));
        }
        return programs;
    }
}
