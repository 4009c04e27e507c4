// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundled clang as a compiler of C++ for the host and of CUDA for its devices. */
final class ClangDialects {
    private static final List<String> BARE = List.of("-nostdinc", "-nostdinc++", "-std=c++17", "-w");

    private final Path home =
            BundledClang.in(CacheDirectory.of(System.getenv())).home();
    private final Path directory;

    /** Compilers that keep their files in a directory. */
    ClangDialects(Path directory) {
        this.directory = directory;
    }

    /** Compiles kernels and what launches them to a library of the host. */
    NativeLibrary onHost(String name, String text) {
        write(name + ".cpp", resource("cuda_on_host.h") + text);
        List<String> flags = new ArrayList<>(BARE);
        flags.addAll(List.of("-O1", "-march=native", "-fPIC", "-ffreestanding", "-fno-exceptions", "-fno-rtti"));
        flags.addAll(List.of("-fvisibility=hidden", "-c", "-x", "c++", name + ".cpp", "-o", name + ".o"));
        run(home.resolve("clang"), flags);
        run(home.resolve("ld.lld"), List.of("-m", "elf_x86_64", "-shared", "-o", name + ".so", name + ".o"));
        return NativeLibrary.load(directory.resolve(name + ".so"));
    }

    /** Compiles kernels to the assembly of a device. */
    Path toPtx(String name, String text, String architecture) {
        write(name + ".cu", resource("cuda_on_nvptx.h") + text);
        Path ptx = directory.resolve(name + "." + architecture + ".ptx");
        List<String> flags = new ArrayList<>(BARE);
        flags.addAll(List.of("-x", "cuda", "--cuda-device-only", "--offload-arch=" + architecture, "-nocudainc"));
        flags.addAll(List.of("-nocudalib", "-O3", "-ffp-contract=fast", "-S", name + ".cu", "-o", ptx.toString()));
        run(home.resolve("clang"), flags);
        return ptx;
    }

    /** Compiles kernels by NVIDIA's own compiler, given what its command line says besides. */
    void byNvcc(Path nvcc, String name, String text, List<String> flags) {
        write(name + ".cu", text);
        List<String> arguments = new ArrayList<>(flags);
        arguments.addAll(List.of("-cubin", name + ".cu", "-o", name + ".cubin"));
        run(nvcc, arguments);
    }

    /** Runs a command among the files. */
    void run(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Execution execution = Execution.of(directory, command);
            if (!execution.succeeded()) {
                throw new CompileException(program.getFileName() + " refused the text:\n" + execution.head());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ClangDialects.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
