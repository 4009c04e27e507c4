// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A process that answers each line on its standard input by one line on its standard output. */
public final class PeerProcess implements AutoCloseable {
    private final Process process;
    private final Path complaints;
    private final Pattern telling;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private PeerProcess(Process process, Path complaints, Pattern telling) {
        this.process = process;
        this.complaints = complaints;
        this.telling = telling;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a process.
     *
     * @param directory for what it writes to its standard error
     * @param telling lines of its standard error that name what went wrong
     */
    public static PeerProcess start(ProcessBuilder builder, Path directory, Pattern telling) throws IOException {
        Path complaints = Files.createTempFile(directory, "peer", ".err");
        return new PeerProcess(builder.redirectError(complaints.toFile()).start(), complaints, telling);
    }

    /**
     * The answer to an order.
     *
     * @throws IOException with the last words of a process that ended instead
     */
    public String ask(String order) throws IOException {
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
        return line;
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readString(complaints, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> telling.matcher(line).matches())
                .toList();
        return lines.isEmpty() ? "it ended without a word" : lines.get(lines.size() - 1);
    }

    /** Ends the process with those that it may have started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
