// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * One finished child process.
 *
 * @param status its exit status
 * @param output what it wrote to standard output and standard error together
 */
record Execution(int status, String output) {

    /**
     * Runs a command to its end with an empty standard input.
     *
     * @param directory working directory
     * @throws NoCompilerException if the command cannot be started
     */
    static Execution of(Path directory, List<String> command) throws IOException {
        Process process = start(directory, command);
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Execution(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompileException("Interrupted while waiting for " + command.get(0) + ".");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path directory, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new NoCompilerException(
                    "Cannot start the compiler (" + e.getMessage()
                            + "); if its directory is mounted noexec, name another "
                            + "cache directory by -D" + CacheDirectory.PROPERTY + "=DIR, or a compiler by -D"
                            + Toolchain.PROPERTY + "=PATH.",
                    e);
        }
    }

    boolean succeeded() {
        return status == 0;
    }

    /** The first lines of the output, enough to see what is wrong. */
    String head() {
        List<String> lines = output.lines().limit(20).toList();
        return String.join("\n", lines);
    }
}
