// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A directory of files that are written once under the hash of what they are made from and never changed. Several
 * processes may use it at the same time: a file appears under its name whole or not at all.
 *
 * <p>A directory that cannot be written is still read. What is missing there is an error where the user named the
 * directory; where nobody did, it goes to a private temporary directory that is removed when the JVM ends.
 */
final class CacheDirectory {
    static final String PROPERTY = "org.sparkjno.cache";
    static final String VARIABLE = "SPARK_JNO_CACHE";

    /** File locks are held by a JVM, not by a thread: within this JVM threads queue here first. */
    private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();

    private final Path named;
    private final Path writable;

    private CacheDirectory(Path named, Path writable) {
        this.named = named;
        this.writable = writable;
    }

    /** Makes what a file of the cache holds, at the path it is given. */
    @FunctionalInterface
    interface Maker {
        void make(Path path) throws IOException;
    }

    /**
     * Opens the directory of this host. One that the user named must do: where it cannot be written, what is missing there
     * is an error. The conventional one may be replaced.
     */
    static CacheDirectory of(Map<String, String> environment) {
        Path directory = configured(environment);
        return chosen(environment).isBlank() ? at(directory) : new CacheDirectory(directory, directory);
    }

    /** What property or variable name, or nothing. */
    private static String chosen(Map<String, String> environment) {
        String property = System.getProperty(PROPERTY, "");
        return property.isBlank() ? environment.getOrDefault(VARIABLE, "") : property;
    }

    /** The directory named by property, variable or the XDG convention, in this order. */
    static Path configured(Map<String, String> environment) {
        String chosen = chosen(environment);
        if (!chosen.isBlank()) {
            return Path.of(chosen).toAbsolutePath();
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("spark-jno").toAbsolutePath();
    }

    /** Opens a directory, creating it if need be; warns and falls back if it cannot be written. */
    static CacheDirectory at(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "probe", ".tmp"));
            return new CacheDirectory(directory, directory);
        } catch (IOException e) {
            // The logging starts with the first logger, and slowly: only where there is something to say.
            LoggerFactory.getLogger(CacheDirectory.class)
                    .warn(
                            "{} A private temporary directory is used for now, so every start compiles anew.",
                            CacheException.sentence(directory, e));
            return new CacheDirectory(directory, temporary(directory));
        }
    }

    /** Where new files go. */
    Path writable() {
        return writable;
    }

    /** A finished file or folder of this name, if there is one. */
    Optional<Path> find(String name) {
        return Stream.of(named.resolve(name), writable.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * The file or folder of this name, made first if it is missing. Of several threads and processes that ask at once,
     * one makes it and the others wait.
     *
     * @param maker writes to a path that does not exist yet; it is renamed when the maker returns
     * @throws CacheException if the directory refuses the file
     */
    Path get(String name, Maker maker) {
        Optional<Path> present = find(name);
        if (present.isPresent()) {
            return present.get();
        }
        Path path = writable.resolve(name);
        // A lock file cannot be deleted safely while others may wait on it: so there are few, shared by many names.
        Path lock = writable.resolve("locks").resolve(Digest.of(name).substring(0, 2));
        synchronized (MONITORS.computeIfAbsent(lock, key -> new Object())) {
            try {
                Files.createDirectories(path.getParent());
                Files.createDirectories(lock.getParent());
                return locked(lock, path, maker);
            } catch (IOException e) {
                throw new CacheException(writable, e);
            }
        }
    }

    private Path locked(Path lock, Path path, Maker maker) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                Hold hold = Hold.of(channel)) {
            if (hold.exclusive()) {
                removeLeftovers(path);
            }
            if (!Files.exists(path)) {
                make(path, maker);
            }
            return path;
        }
    }

    /** What a process left that was killed while it made this file. */
    private static void removeLeftovers(Path path) throws IOException {
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(path.getParent(), path.getFileName() + ".*.tmp")) {
            for (Path leftover : leftovers) {
                delete(leftover);
            }
        }
    }

    private static void make(Path path, Maker maker) throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            maker.make(beside);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Without a working lock (some network file systems) another process may have been first: that is as good.
            if (!Files.exists(path)) {
                throw e;
            }
        } finally {
            delete(beside);
        }
    }

    /** Deletes a file or a folder with all it holds; what is not there is no error. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static Path temporary(Path instead) {
        try {
            Path directory = Files.createTempDirectory("spark-jno-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    delete(directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return directory;
        } catch (IOException e) {
            throw new CacheException(instead, e);
        }
    }

    /** An exclusive hold on a lock file, or none where the file system has no locks. */
    private record Hold(Optional<FileLock> lock) implements AutoCloseable {
        static Hold of(FileChannel channel) {
            try {
                return new Hold(Optional.of(channel.lock()));
            } catch (IOException e) {
                return new Hold(Optional.empty());
            }
        }

        boolean exclusive() {
            return lock.isPresent();
        }

        @Override
        public void close() throws IOException {
            if (lock.isPresent()) {
                lock.get().release();
            }
        }
    }
}
