// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The same work in a Python library, in a process of its own that does it on demand: {@code observe N} or {@code repeat N}
 * on its standard input, N numbers on its standard output.
 */
final class PythonPeer implements Contestant {
    /** The last line that a failed interpreter prints names the error. */
    private static final Pattern ERROR = Pattern.compile("\\w[\\w.]*(Error|Exception).*");

    private final String name;
    private final PeerProcess process;

    private PythonPeer(String name, PeerProcess process) {
        this.name = name;
        this.process = process;
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
        ProcessBuilder builder = new ProcessBuilder(python, script.toString(), variant.library(), variant.mode());
        builder.command().addAll(arguments);
        builder.environment().putAll(variant.environment());
        return new PythonPeer(variant.name(), PeerProcess.start(builder, script.getParent(), ERROR));
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
        return Arrays.stream(process.ask(order).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Override
    public void close() {
        process.close();
    }
}
