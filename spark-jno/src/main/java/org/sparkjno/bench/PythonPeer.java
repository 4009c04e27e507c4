// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The same work in a Python library, in a process of its own that repeats it on demand: a number on its standard input,
 * the milliseconds of as many repetitions on its standard output.
 */
final class PythonPeer implements Contestant {
    /** Names the Python to use; otherwise {@code python3} on the path. */
    static final String VARIABLE = "SPARK_JNO_PYTHON";

    /** Keeps glibc from returning large blocks to the system, which costs PyTorch a quarter of a step in page faults. */
    static final Map<String, String> TUNED_MALLOC = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "268435456");

    private final String name;
    private final Path script;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private PythonPeer(String name, Path script, Process process) {
        this.name = name;
        this.script = script;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a peer.
     *
     * @param name for people
     * @param resource its script, beside this class
     * @param library the script's argument: which library to use
     * @param threads threads it may use
     * @param environment further environment variables
     * @return the peer, or nothing where Python or the library is not installed
     */
    static Optional<PythonPeer> start(
            String name, String resource, String library, int threads, Map<String, String> environment)
            throws IOException {
        String python = System.getenv().getOrDefault(VARIABLE, "python3");
        if (!imports(python, library)) {
            return Optional.empty();
        }
        Path script = Files.createTempFile("peer", ".py");
        try (InputStream text = PythonPeer.class.getResourceAsStream(resource)) {
            Files.write(script, text.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(python, script.toString(), library, String.valueOf(threads))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        for (String variable : new String[] {"OMP_NUM_THREADS", "MKL_NUM_THREADS"}) {
            builder.environment().put(variable, String.valueOf(threads));
        }
        return Optional.of(new PythonPeer(name, script, builder.start()));
    }

    private static boolean imports(String python, String module) throws IOException {
        try {
            Process probe = new ProcessBuilder(python, "-c", "import " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(2, TimeUnit.MINUTES) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while looking for " + python + ".", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] repeat(int times) throws IOException {
        orders.write(times + "\n");
        orders.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The peer " + name + " ended; run its library by hand to see why.");
        }
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + script + ".", e);
        }
    }
}
