// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.tests.process.JavaProcess;

/** Compiles and runs the programs in the README and in the documents that it points to, as they stand there. */
final class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("^```java$(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    @Test
    void everyProgramCompilesAndRuns(@TempDir Path directory) throws Exception {
        List<String> programs = programs();
        assertThat(programs).hasSizeGreaterThan(2);
        for (String program : programs) {
            String name = name(program);
            compile(Files.writeString(directory.resolve(name + ".java"), program), directory);
            try (JavaProcess process = JavaProcess.main(directory, name)) {
                assertThat(process.status())
                        .as(() -> String.join(System.lineSeparator(), process.errors()))
                        .isZero();
                assertThat(process.output()).isNotBlank();
            }
        }
    }

    private static List<String> programs() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("..", "README.md")));
        try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<String> programs = new ArrayList<>();
        for (Path document : documents) {
            BLOCK.matcher(Files.readString(document)).results().forEach(block -> programs.add(block.group(1)));
        }
        return programs;
    }

    private static String name(String program) {
        Matcher declaration = CLASS.matcher(program);
        assertThat(declaration.find()).as(program).isTrue();
        return declaration.group(1);
    }

    private static void compile(Path source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
    }
}
