// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A Java program in a process of its own, on this one's class path, with the JVM options and the logging that the scripts
 * use. What it prints to standard output must fit a pipe.
 */
public final class JavaProcess implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 5;

    private final Process process;
    private final BufferedReader errors;
    private final List<String> heard = new ArrayList<>();

    private JavaProcess(Process process) {
        this.process = process;
        this.errors = process.errorReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the command line {@code jno}, with Spark in its process.
     *
     * @param properties system properties, Spark's among them
     */
    public static JavaProcess jno(Map<String, String> properties, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
        properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
        words.add("org.sparkjno.cli.Jno");
        words.addAll(List.of(arguments));
        return start(Path.of(""), words);
    }

    /** Starts a class that was compiled into a directory, or one of this class path, in that directory. */
    public static JavaProcess main(Path classes, String name, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("-cp", classes + File.pathSeparator + System.getProperty("java.class.path"), name));
        words.addAll(List.of(arguments));
        return start(classes, words);
    }

    private static JavaProcess start(Path directory, List<String> words) throws IOException {
        Path options = Path.of("..", "spark-jno", "target", "jvm-options").toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + options);
        command.addAll(words);
        return new JavaProcess(new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .start());
    }

    /**
     * Reads standard error up to a line.
     *
     * @throws IllegalStateException when the process ends before it
     */
    public void await(Predicate<String> line) throws IOException {
        for (String next = errors.readLine(); next != null; next = errors.readLine()) {
            heard.add(next);
            if (line.test(next)) {
                return;
            }
        }
        throw new IllegalStateException("The process ended early: " + String.join(System.lineSeparator(), heard));
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Reads standard error to its end and waits for that of the process; the exit status. */
    public int status() throws InterruptedException {
        errors.lines().forEach(heard::add);
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The process closed its output but does not end.");
        }
        return process.exitValue();
    }

    /** What it has written to standard error, as far as {@link #await} and {@link #status} have read. */
    public List<String> errors() {
        return List.copyOf(heard);
    }

    /** What it wrote to standard output; to be called once, after its end. */
    public String output() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        errors.close();
    }
}
