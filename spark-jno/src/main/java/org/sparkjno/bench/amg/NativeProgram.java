// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparkjno.bench.Scratch;

/**
 * A program of ours in another language that uses a peer's library, compiled where that is installed.
 *
 * @param library for people
 * @param source a resource beside this class
 * @param compiler with the options before the source
 * @param linked options after the source
 * @param remedy what to do where the library is not found
 */
record NativeProgram(String library, String source, List<String> compiler, List<String> linked, String remedy) {
    static final String AMGCL = "AMGCL";
    static final String HYPRE = "hypre";

    /**
     * AMGCL, which is headers alone.
     *
     * @param headers the folder above {@code amgcl/}, if the compiler does not know it
     */
    static NativeProgram amgcl(Optional<Path> headers) {
        List<String> compiler =
                new ArrayList<>(List.of("g++", "-std=c++17", "-O3", "-march=native", "-fopenmp", "-DAMGCL_NO_BOOST"));
        headers.ifPresent(folder -> compiler.add("-I" + folder));
        return new NativeProgram(
                AMGCL, "amgcl.cpp", compiler, List.of(), "name the folder that holds amgcl/amg.hpp by --amgcl");
    }

    /**
     * hypre with MPI.
     *
     * @param installation the folder above its {@code include} and {@code lib}, if the compiler does not know it
     */
    static NativeProgram hypre(Optional<Path> installation) {
        List<String> compiler = new ArrayList<>(List.of("mpicc", "-O3", "-march=native"));
        List<String> linked = new ArrayList<>();
        installation.ifPresent(folder -> {
            compiler.add("-I" + folder.resolve("include"));
            linked.add("-L" + folder.resolve("lib"));
            linked.add("-Wl,-rpath," + folder.resolve("lib"));
        });
        compiler.add("-I/usr/include/hypre");
        linked.addAll(List.of("-lHYPRE", "-lm"));
        return new NativeProgram(
                HYPRE,
                "hypre.c",
                compiler,
                linked,
                "install it with MPI, or name the folder that holds include/HYPRE.h by --hypre");
    }

    /**
     * Compiles.
     *
     * @return the executable
     * @throws IOException with one sentence if that fails
     */
    Path compile(Scratch scratch) throws IOException {
        Path text = scratch.unpack(NativeProgram.class, source);
        Path executable = scratch.directory().resolve(library);
        List<String> command = new ArrayList<>(compiler);
        command.addAll(List.of("-o", executable.toString(), text.toString()));
        command.addAll(linked);
        Path said = Files.createTempFile(scratch.directory(), "compiler", ".txt");
        int status;
        try {
            status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IOException("there is no " + command.get(0) + " to compile its program; install one", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while compiling for " + library + ".", e);
        }
        if (status != 0) {
            throw new IOException(command.get(0) + " says '" + error(said) + "'; " + remedy);
        }
        return executable;
    }

    /** What comes after the first "error: ", by which compilers mark what they could not get over. */
    private static String error(Path said) throws IOException {
        try (Stream<String> lines = Files.lines(said, StandardCharsets.UTF_8)) {
            return lines.map(line -> line.split("error: ", 2))
                    .filter(parts -> parts.length == 2)
                    .map(parts -> parts[1].strip())
                    .findFirst()
                    .orElse("nothing");
        }
    }
}
