// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCacheTest {
    private static final List<String> UNITS = List.of("long seven(void) { return 7; }");

    @TempDir
    private Path directory;

    /** Counts the translation units that reach the compiler of this host. */
    private static final class Counting implements Compiler {
        private final Compiler compiler = Toolchain.find(shared(), System.getenv());
        private int compiled;

        @Override
        public CpuTarget target() {
            return compiler.target();
        }

        @Override
        public List<String> flags() {
            return compiler.flags();
        }

        @Override
        public synchronized void compile(Path directory, String source, String object) throws IOException {
            compiled++;
            compiler.compile(directory, source, object);
        }

        @Override
        public void link(Path directory, List<String> objects, String library) throws IOException {
            compiler.link(directory, objects, library);
        }
    }

    /** The user's own cache, so that the compiler is not extracted by every run of the tests. */
    private static CacheDirectory shared() {
        return CacheDirectory.at(CacheDirectory.configured(System.getenv()));
    }

    @Test
    void theSecondTimeNoCompilerRuns() {
        Counting compiler = new Counting();
        Path first = new KernelCache(CacheDirectory.at(directory), compiler).library(UNITS);
        Path second = new KernelCache(CacheDirectory.at(directory), compiler).library(UNITS);
        assertThat(second).isEqualTo(first).exists();
        assertThat(compiler.compiled).isEqualTo(1);
    }

    @Test
    void theCutBetweenUnitsIsPartOfTheKey() {
        KernelCache cache = new KernelCache(CacheDirectory.at(directory), new Counting());
        assertThat(cache.library(List.of("int a;\n", "int b;\n")))
                .isNotEqualTo(cache.library(List.of("int a;\nint b;\n")));
    }

    @Test
    void nothingButTheLibraryRemains() throws IOException {
        KernelCache cache = new KernelCache(CacheDirectory.at(directory), new Counting());
        Path library = cache.library(UNITS);
        assertThatThrownBy(() -> cache.library(List.of("syntax"))).isInstanceOf(CompileException.class);
        try (Stream<Path> files = Files.list(library.getParent())) {
            assertThat(files).containsExactly(library);
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsReplacedByATemporaryOne() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        KernelCache cache = new KernelCache(CacheDirectory.at(file.resolve("cache")), new Counting());
        assertThat(cache.directory()).isDirectory().isNotEqualTo(file.resolve("cache"));
        assertThat(cache.library(UNITS)).exists();
    }

    @Test
    void aDirectoryThatFailsLaterIsNamed() throws IOException {
        KernelCache cache = new KernelCache(CacheDirectory.at(directory), new Counting());
        Files.createFile(directory.resolve("kernels"));
        assertThatThrownBy(() -> cache.library(UNITS))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(CacheDirectory.PROPERTY);
    }

    @Test
    void theDirectoryIsNamedByVariableOrConvention() {
        assertThat(CacheDirectory.configured(Map.of("SPARK_JNO_CACHE", "/a", "XDG_CACHE_HOME", "/b")))
                .isEqualTo(Path.of("/a"));
        assertThat(CacheDirectory.configured(Map.of("XDG_CACHE_HOME", "/b"))).isEqualTo(Path.of("/b/spark-jno"));
        assertThat(CacheDirectory.configured(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "spark-jno"));
    }

    @Test
    void aWrongCompilerIsNamed() {
        Map<String, String> environment = Map.of(Toolchain.VARIABLE, "/no/such/clang");
        assertThatThrownBy(() -> Toolchain.find(shared(), environment))
                .isInstanceOf(NoCompilerException.class)
                .hasMessageContaining("/no/such/clang")
                .hasMessageContaining(Toolchain.VARIABLE);
    }

    @Test
    void anInstalledCompilerCanBeNamed() {
        assumeThat(Path.of("/usr/bin/gcc")).isExecutable();
        Compiler gcc = Toolchain.find(shared(), Map.of(Toolchain.VARIABLE, "/usr/bin/gcc"));
        Path path =
                new KernelCache(CacheDirectory.at(directory), gcc).library(List.of("void run(long *x) { *x = 3; }"));
        try (NativeLibrary library = NativeLibrary.load(path);
                NativeMemory x = NativeMemory.allocate(Long.BYTES)) {
            NativeLibrary.call(library.symbol("run"), x.address());
            assertThat(x.view().getLong(0)).isEqualTo(3);
        }
        assertThat(gcc.target().vectorBits()).isEqualTo(Toolchain.target().vectorBits());
    }

    @Test
    void processesThatStartAtOnceShareOneEmptyDirectory() throws IOException, InterruptedException {
        // The children use the compiler extracted by this process: only the kernels' folder is empty.
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("40 libraries");
        }
        try (Stream<Path> files = Files.list(directory.resolve("kernels"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".so"))).hasSize(40);
        }
    }

    /** Compiles and loads forty small libraries into the directory named by its argument. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            KernelCache cache = new KernelCache(CacheDirectory.at(Path.of(arguments[0])), new Counting());
            for (int i = 0; i < 40; i++) {
                String source = "void run(long *x) { *x = " + i + "; }";
                try (NativeLibrary library = NativeLibrary.load(cache.library(List.of(source)));
                        NativeMemory x = NativeMemory.allocate(Long.BYTES)) {
                    NativeLibrary.call(library.symbol("run"), x.address());
                    if (x.view().getLong(0) != i) {
                        throw new IllegalStateException(
                                "library " + i + " computed " + x.view().getLong(0));
                    }
                }
            }
            System.out.println("40 libraries");
        }
    }
}
