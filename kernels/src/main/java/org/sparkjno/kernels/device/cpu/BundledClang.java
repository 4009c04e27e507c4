// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The clang and lld on the class path (Maven artifact {@code org.bytedeco:llvm}), extracted once per host.
 *
 * <p>It is run without its driver, as {@code clang -cc1} and {@code ld.lld}: two processes in place of three. The driver
 * is asked once per kind of processor which features it sees.
 */
final class BundledClang implements Compiler {
    private static final String RESOURCES = "/org/bytedeco/llvm/linux-x86_64/";
    /** Entry to file name: the libraries by their SONAMEs, without which clang does not start; lld acts by its name. */
    private static final Map<String, String> FILES = Map.of(
            "clang", "clang",
            "lld", "ld.lld",
            "libLLVM.so", "libLLVM.so.20.1",
            "libclang-cpp.so", "libclang-cpp.so.20.1");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final Path home;
    private final CpuTarget target;
    private final List<String> processor;
    private final List<String> flags;

    private BundledClang(Path home, CpuTarget target, List<String> processor) {
        this.home = home;
        this.target = target;
        this.processor = processor;
        this.flags = flags(target);
    }

    /** Whether the class path holds a compiler that runs here. */
    static boolean isPresent() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")
                && BundledClang.class.getResource(RESOURCES + "clang") != null;
    }

    /** Extracts the compiler into the cache unless it is there, and asks it about the processor. */
    static BundledClang in(CacheDirectory cache) {
        try {
            Path home = cache.get("clang-" + identity(), BundledClang::extract);
            Path answer = cache.get(
                    "processor-" + Digest.of(home.getFileName().toString(), hostProcessor()) + ".txt",
                    file -> Files.writeString(file, askDriver(home)));
            List<String> lines = Files.readAllLines(answer);
            List<String> arguments = quoted(lines.get(1));
            return new BundledClang(home, target(lines.get(0), arguments), processor(arguments));
        } catch (IOException e) {
            throw new CacheException(cache.writable(), e);
        }
    }

    /** Where clang and ld.lld lie. */
    Path home() {
        return home;
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
        List<String> command = Stream.of(
                        Stream.of(home.resolve("clang").toString(), "-cc1", "-triple", target.triple(), "-emit-obj"),
                        flags.stream(),
                        processor.stream(),
                        Stream.of("-x", "c", source, "-o", object))
                .flatMap(part -> part)
                .toList();
        Execution execution = Execution.of(directory, command);
        if (!execution.succeeded()) {
            throw new CompileException("clang refused the C text:\n" + execution.head());
        }
    }

    @Override
    public void link(Path directory, List<String> objects, String library) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("ld.lld").toString(), "-m", "elf_x86_64", "-shared", "-s", "--hash-style=gnu"));
        command.addAll(List.of("-o", library));
        command.addAll(objects);
        Execution execution = Execution.of(directory, command);
        if (!execution.succeeded()) {
            throw new CompileException("lld could not link the compiled C text:\n" + execution.head());
        }
    }

    private static List<String> flags(CpuTarget target) {
        List<String> flags = new ArrayList<>(List.of("-O3", "-vectorize-loops", "-vectorize-slp"));
        flags.addAll(ARITHMETIC);
        flags.addAll(List.of("-mreassociate", "-ffp-exception-behavior=ignore", "-fno-rounding-math"));
        // Estimates of reciprocal roots make NaN of 1 / sqrt(0).
        flags.add("-mrecip=none");
        if (target.vectorBits() == 512) {
            flags.add("-mprefer-vector-width=512");
        }
        flags.addAll(List.of("-mrelocation-model", "pic", "-pic-level", "2", "-fhalf-no-semantic-interposition"));
        flags.addAll(List.of("-mframe-pointer=none", "-ffreestanding", "-nostdsysteminc", "-nobuiltininc"));
        flags.addAll(List.of("-disable-free", "-disable-llvm-verifier", "-discard-value-names"));
        return List.copyOf(flags);
    }

    /** Distinguishes builds of the compiler by the sizes of their files, which cost nothing to learn. */
    private static String identity() throws IOException {
        StringBuilder sizes = new StringBuilder();
        for (String entry : FILES.keySet().stream().sorted().toList()) {
            URL resource = BundledClang.class.getResource(RESOURCES + entry);
            if (resource == null) {
                throw new NoCompilerException("The class path holds a clang without its file " + entry
                        + "; put a complete org.bytedeco:llvm with classifier linux-x86_64 on it.");
            }
            sizes.append(entry)
                    .append(' ')
                    .append(resource.openConnection().getContentLengthLong())
                    .append('\n');
        }
        return Digest.of(sizes.toString());
    }

    private static void extract(Path directory) throws IOException {
        Files.createDirectory(directory);
        // Side by side: two of the files are large, and to inflate them takes longer than to write them.
        try {
            FILES.entrySet().parallelStream()
                    .forEach(file -> extract(file.getKey(), directory.resolve(file.getValue())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void extract(String entry, Path path) {
        try (InputStream in = BundledClang.class.getResourceAsStream(RESOURCES + entry)) {
            Files.copy(in, path);
            if (!path.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + path + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model and the flags of the first processor: hosts that share a home directory may differ in them. */
    private static String hostProcessor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.takeWhile(line -> !line.isBlank())
                    .filter(line -> line.startsWith("model") || line.startsWith("flags"))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Version in the first line, the driver's command line for {@code -cc1} in the second. */
    private static String askDriver(Path home) throws IOException {
        List<String> command =
                List.of(home.resolve("clang").toString(), "-###", "-march=native", "-c", "-x", "c", "-", "-o", "-");
        Execution execution = Execution.of(home, command);
        List<String> lines = execution.output().lines().toList();
        if (!execution.succeeded() || lines.isEmpty()) {
            throw new NoCompilerException(
                    "The bundled clang does not start; it needs glibc 2.34 or newer, libstdc++.so.6 "
                            + "and libz.so.1. Install them or name another compiler by -D" + Toolchain.PROPERTY
                            + "=PATH. It said: "
                            + execution.head());
        }
        String arguments = lines.stream()
                .filter(line -> line.contains("\"-cc1\""))
                .findFirst()
                .orElse("");
        return lines.get(0) + '\n' + arguments + '\n';
    }

    private static List<String> quoted(String line) {
        return QUOTED.matcher(line).results().map(result -> result.group(1)).toList();
    }

    private static CpuTarget target(String version, List<String> arguments) {
        List<String> features = after(arguments, "-target-feature").stream()
                .filter(feature -> feature.startsWith("+"))
                .map(feature -> feature.substring(1))
                .toList();
        return new CpuTarget(
                version,
                after(arguments, "-triple").get(0),
                after(arguments, "-target-cpu").get(0),
                features);
    }

    private static List<String> processor(List<String> arguments) {
        List<String> processor = new ArrayList<>();
        for (String option : List.of("-target-cpu", "-target-feature")) {
            for (String value : after(arguments, option)) {
                processor.add(option);
                processor.add(value);
            }
        }
        return List.copyOf(processor);
    }

    private static List<String> after(List<String> arguments, String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
    }
}
