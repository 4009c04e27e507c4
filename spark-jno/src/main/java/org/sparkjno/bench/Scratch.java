// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory for what peers are made of, deleted by {@link #close}.
 *
 * @param directory its path
 */
public record Scratch(Path directory) implements AutoCloseable {
    /** An empty directory. */
    public static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("jno-bench"));
    }

    /** Copies a resource that stands beside a class. */
    public Path unpack(Class<?> beside, String resource) throws IOException {
        Path file = directory.resolve(resource);
        try (InputStream text = beside.getResourceAsStream(resource)) {
            Files.write(file, text.readAllBytes());
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + file + ".", e);
        }
    }
}
