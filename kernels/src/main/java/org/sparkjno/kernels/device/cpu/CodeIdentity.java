// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Tells builds of this module apart, without reading its classes: by their checksums in a jar, by their sizes and times in a
 * directory.
 */
final class CodeIdentity {
    private static final String FOLDER = "org/sparkjno/kernels";
    /** The code does not change while it runs. */
    private static final Optional<String> OWN = find();

    private CodeIdentity() {}

    /** The identity of the code that runs, or nothing if that came from neither a jar nor a directory. */
    static Optional<String> own() {
        return OWN;
    }

    private static Optional<String> find() {
        CodeSource source = CodeIdentity.class.getProtectionDomain().getCodeSource();
        if (source == null || !"file".equals(source.getLocation().getProtocol())) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Path.of(source.getLocation().toURI())));
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The identity of the code in a jar or a directory. */
    static String of(Path place) throws IOException {
        return Digest.of(Files.isDirectory(place) ? ofDirectory(place) : ofJar(place.toFile()));
    }

    private static String ofJar(File file) throws IOException {
        StringBuilder text = new StringBuilder();
        try (JarFile jar = new JarFile(file)) {
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(FOLDER)) {
                    text.append(entry.getName())
                            .append(' ')
                            .append(entry.getCrc())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String ofDirectory(Path place) throws IOException {
        StringBuilder text = new StringBuilder();
        Files.walkFileTree(place.resolve(FOLDER), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                text.append(file.getFileName())
                        .append(' ')
                        .append(attributes.size())
                        .append(' ');
                text.append(attributes.lastModifiedTime().toMillis()).append('\n');
                return FileVisitResult.CONTINUE;
            }
        });
        return text.toString();
    }
}
