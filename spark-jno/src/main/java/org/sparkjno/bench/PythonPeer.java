// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The same work in a Python library, in a process of its own that does it on demand: {@code observe N} or {@code repeat N}
 * on its standard input, N numbers on its standard output.
 */
final class PythonPeer implements Contestant {
    private final String name;
    private final Process process;
    private final Path complaints;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private PythonPeer(String name, Process process, Path complaints) {
        this.name = name;
        this.process = process;
        this.complaints = complaints;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a peer.
     *
     * @param python the interpreter
     * @param variant which library, and how it is used
     * @param script what it runs
     * @param arguments of the script after library and mode
     */
    static PythonPeer start(String python, Variant variant, Path script, List<String> arguments) throws IOException {
        Path complaints = Files.createTempFile(script.getParent(), "peer", ".err");
        ProcessBuilder builder = new ProcessBuilder(python, script.toString(), variant.library(), variant.mode())
                .redirectError(complaints.toFile());
        builder.command().addAll(arguments);
        builder.environment().putAll(variant.environment());
        return new PythonPeer(variant.name(), builder.start(), complaints);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] observe(int times) throws IOException {
        return ask("observe " + times);
    }

    @Override
    public double[] repeat(int times) throws IOException {
        return ask("repeat " + times);
    }

    private double[] ask(String order) throws IOException {
        String line = null;
        try {
            orders.write(order + "\n");
            orders.flush();
            line = answers.readLine();
        } catch (IOException e) {
            throw new IOException(lastWords(), e);
        }
        if (line == null) {
            throw new IOException(lastWords());
        }
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** The last line that a failed interpreter prints names the error. */
    private String lastWords() throws IOException {
        List<String> lines = Files.readString(complaints, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("\\w[\\w.]*(Error|Exception).*"))
                .toList();
        return lines.isEmpty() ? "it ended without a word" : lines.get(lines.size() - 1);
    }

    /** Ends the process with the compilers that it may have started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
