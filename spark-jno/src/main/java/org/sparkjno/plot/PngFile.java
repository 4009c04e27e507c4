// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Writes pictures whole or not at all. */
final class PngFile {
    private PngFile() {}

    /**
     * Writes a picture.
     *
     * @throws UncheckedIOException naming the file when it cannot be written
     */
    static void write(BufferedImage image, Path file) {
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(directory, file.getFileName().toString(), ".part");
            ImageIO.write(image, "png", partial.toFile());
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the picture " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
