// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The command line in a process of its own, started with the JVM options and the logging that the scripts use. */
public final class JnoProcess implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 5;

    private final Process process;
    private final BufferedReader errors;
    private final List<String> heard = new ArrayList<>();

    private JnoProcess(Process process) {
        this.process = process;
        this.errors = process.errorReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts {@code jno} with Spark in its process.
     *
     * @param master Spark's, such as {@code local[2]}
     */
    public static JnoProcess start(String master, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("..", "spark-jno", "target", "jvm-options"),
                "-Dspark.master=" + master,
                "-cp",
                System.getProperty("java.class.path"),
                "org.sparkjno.cli.Jno"));
        command.addAll(List.of(arguments));
        return new JnoProcess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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

    /** What it has written to standard error, as far as {@link #await} and {@link #status} have read. */
    public List<String> errors() {
        return List.copyOf(heard);
    }

    /** Reads standard error to its end and waits for that of the process; the exit status. */
    public int status() throws InterruptedException {
        errors.lines().forEach(heard::add);
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The process closed its output but does not end.");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        errors.close();
    }
}
