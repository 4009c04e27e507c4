// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A clang or gcc that is installed on the host, run through its driver. */
final class SystemCompiler implements Compiler {
    /** Predefined macros that stand for instruction-set extensions; the compilers agree on them. */
    private static final Pattern FEATURE =
            Pattern.compile("#define __((?:SSE|SSSE|AVX|FMA|BMI|F16C|POPCNT|LZCNT|ARM_NEON|ARM_FEATURE)\\w*?)__ 1");

    private static final Path HERE = Path.of("").toAbsolutePath();

    private final String command;
    private final CpuTarget target;
    private final List<String> flags;

    private SystemCompiler(String command, CpuTarget target) {
        this.command = command;
        this.target = target;
        this.flags = flags(target);
    }

    /**
     * Checks that the compiler works.
     *
     * @param command a path, or a name found on the {@code PATH}
     * @throws NoCompilerException if it does not
     */
    static SystemCompiler named(String command) {
        try {
            String version = ask(command, "--version").lines().findFirst().orElse(command);
            String triple = ask(command, "-dumpmachine").strip();
            List<String> features = ask(command, "-march=native", "-dM", "-E", "-x", "c", "/dev/null")
                    .lines()
                    .map(FEATURE::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT))
                    .toList();
            return new SystemCompiler(command, new CpuTarget(version, triple, "native", features));
        } catch (IOException | NoCompilerException e) {
            throw new NoCompilerException(
                    "The compiler " + command + " named by -D" + Toolchain.PROPERTY + " or " + Toolchain.VARIABLE
                            + " does not work (" + e.getMessage() + "); name a working clang or gcc, or none.",
                    e);
        }
    }

    private static String ask(String command, String... arguments) throws IOException {
        List<String> line =
                Stream.concat(Stream.of(command), Stream.of(arguments)).toList();
        Execution execution = Execution.of(HERE, line);
        if (!execution.succeeded()) {
            throw new IOException("exit status " + execution.status() + ": " + execution.head());
        }
        return execution.output();
    }

    @Override
    public CpuTarget target() {
        return target;
    }

    @Override
    public List<String> flags() {
        return flags;
    }

    @Override
    public void compile(Path directory, String source, String object) throws IOException {
        run(directory, List.of("-c", "-x", "c", source, "-o", object), "refused the C text");
    }

    @Override
    public void link(Path directory, List<String> objects, String library) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-shared", "-nostdlib", "-s", "-o", library));
        arguments.addAll(objects);
        run(directory, arguments, "could not link the compiled C text");
    }

    private void run(Path directory, List<String> arguments, String complaint) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(flags);
        line.addAll(arguments);
        Execution execution = Execution.of(directory, line);
        if (!execution.succeeded()) {
            throw new CompileException(command + " " + complaint + ":\n" + execution.head());
        }
    }

    private static List<String> flags(CpuTarget target) {
        List<String> flags = new ArrayList<>(List.of("-O3", "-march=native", "-fno-math-errno"));
        flags.addAll(ARITHMETIC);
        flags.addAll(List.of("-fno-trapping-math", "-ffreestanding", "-nostdinc", "-fPIC"));
        if (target.compiler().contains("clang")) {
            // gcc has no pragma by which a function opts out, and some (pow, log1p) are wrong when reordered.
            flags.add("-fassociative-math");
        }
        if (target.triple().startsWith("x86_64")) {
            // Estimates of reciprocal roots make NaN of 1 / sqrt(0).
            flags.add("-mrecip=none");
        }
        if (target.vectorBits() == 512) {
            flags.add("-mprefer-vector-width=512");
        }
        flags.add("-w");
        return List.copyOf(flags);
    }
}
