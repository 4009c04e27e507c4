// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.sparkjno.tests.process.JavaProcess;

/** A language of the programs in the documents: how they are named, and who compiles them. */
enum Language {
    JAVA("public final class (\\w+)", ".java", "") {
        @Override
        void compile(Path source, Path classes) {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter said = new StringWriter();
            List<String> options = List.of("-d", classes.toString(), "-cp", CLASS_PATH, "-proc:none");
            boolean compiled = compiler.getTask(
                            said,
                            null,
                            null,
                            options,
                            null,
                            compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    },
    KOTLIN("^// (\\w+)\\.kt$", ".kt", "Kt") {
        @Override
        void compile(Path source, Path classes) throws Exception {
            // The standard library is on the class path.
            run(classes, "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", source, "-no-stdlib", "-no-reflect");
        }
    },
    SCALA("^object (\\w+)", ".scala", "") {
        @Override
        void compile(Path source, Path classes) throws Exception {
            run(classes, "scala.tools.nsc.Main", source, "-deprecation", "-feature", "-Werror");
        }
    };

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Pattern declaration;
    private final String extension;
    private final String suffix;

    Language(String declaration, String extension, String suffix) {
        this.declaration = Pattern.compile(declaration, Pattern.MULTILINE);
        this.extension = extension;
        this.suffix = suffix;
    }

    /** The word behind the three accents. */
    static Language of(String fence) {
        return valueOf(fence.toUpperCase(Locale.ROOT));
    }

    /** The name of the file in which a program stands. */
    String file(String program) {
        return name(program) + extension;
    }

    /** The class whose main method runs a program. */
    String main(String program) {
        return name(program) + suffix;
    }

    private String name(String program) {
        Matcher matcher = declaration.matcher(program);
        assertThat(matcher.find()).as(program).isTrue();
        return matcher.group(1);
    }

    /** Compiles a program; fails with what the compiler says. */
    abstract void compile(Path source, Path classes) throws Exception;

    private static void run(Path classes, String compiler, Path source, String... options)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-classpath", CLASS_PATH, "-d", classes.toString(), source.toString()));
        try (JavaProcess process = JavaProcess.main(classes, compiler, words.toArray(String[]::new))) {
            int status = process.status();
            assertThat(status)
                    .as(() -> String.join(System.lineSeparator(), process.errors()))
                    .isZero();
        }
    }
}
