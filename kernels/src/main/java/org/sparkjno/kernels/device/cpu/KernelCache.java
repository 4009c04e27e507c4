// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Shared libraries on disk under the SHA-256 of their C text, the flags, the features of the processor and the version
 * of the compiler.
 */
public final class KernelCache {
    private static final String FOLDER = "kernels/";

    private static KernelCache shared;

    private final CacheDirectory directory;
    private final Compiler compiler;

    KernelCache(CacheDirectory directory, Compiler compiler) {
        this.directory = directory;
        this.compiler = compiler;
    }

    /**
     * The cache of this JVM in the directory named by the system property {@code org.sparkjno.cache}, else by the
     * environment variable {@code SPARK_JNO_CACHE}, else {@code spark-jno} in {@code $XDG_CACHE_HOME} or
     * {@code ~/.cache}.
     *
     * @throws NoCompilerException if there is no compiler for this platform
     * @throws CacheException if the directory cannot be used
     */
    public static synchronized KernelCache shared() {
        if (shared == null) {
            CacheDirectory directory = CacheDirectory.of(System.getenv());
            shared = new KernelCache(directory, Toolchain.find(directory, System.getenv()));
        }
        return shared;
    }

    /** Where new libraries are written. */
    public Path directory() {
        return directory.writable();
    }

    /** The processor that libraries are compiled for. */
    public CpuTarget target() {
        return compiler.target();
    }

    /** The files of this cache. */
    CacheDirectory files() {
        return directory;
    }

    /** The library made from these translation units, compiled now unless it is on disk. */
    Path library(List<String> units) {
        return directory.get(FOLDER + key(units) + ".so", library -> build(units, library));
    }

    /** The library of this name, if it is on disk. */
    Optional<Path> find(String name) {
        return directory.find(FOLDER + name);
    }

    private String key(List<String> units) {
        List<String> texts = new ArrayList<>(units);
        texts.add(String.join(" ", compiler.flags()));
        texts.add(compiler.target().key());
        return Digest.of(texts.toArray(String[]::new));
    }

    /** All that decides the machine code besides its text. */
    String settings() {
        return String.join(" ", compiler.flags()) + '\n' + compiler.target().key();
    }

    private void build(List<String> units, Path library) throws IOException {
        Path work = library.resolveSibling(library.getFileName() + ".work.tmp");
        Files.createDirectory(work);
        try {
            compiler.link(work, compile(units, work), "library.so");
            Files.move(work.resolve("library.so"), library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            CacheDirectory.delete(work);
        }
    }

    private List<String> compile(List<String> units, Path work) throws IOException {
        if (units.size() == 1) {
            return List.of(compile(units.get(0), 0, work));
        }
        int processes = Math.min(units.size(), Runtime.getRuntime().availableProcessors());
        ExecutorService executor = Executors.newFixedThreadPool(processes);
        try {
            List<Future<String>> pending = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                int index = i;
                pending.add(executor.submit(() -> compile(units.get(index), index, work)));
            }
            List<String> objects = new ArrayList<>();
            for (Future<String> object : pending) {
                objects.add(await(object));
            }
            return objects;
        } finally {
            executor.shutdownNow();
        }
    }

    private String compile(String unit, int index, Path work) throws IOException {
        String source = "unit" + index + ".c";
        String object = "unit" + index + ".o";
        Files.writeString(work.resolve(source), unit);
        compiler.compile(work, source, object);
        return object;
    }

    private static String await(Future<String> object) throws IOException {
        try {
            return object.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompileException("Interrupted while the compiler was running.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
