// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparkjno.lang.problem.Field;

/**
 * Pictures that follow one another, and repeat for ever.
 *
 * @param frames of one size and type
 * @param millis for which each is shown
 */
public record Animation(List<BufferedImage> frames, int millis) {
    private static final int MILLIS = 150;

    public Animation {
        frames = List.copyOf(frames);
        if (frames.isEmpty() || millis < 10) {
            throw new IllegalArgumentException(
                    "An animation needs pictures, each of them for at least 10 ms; there are " + frames.size() + " for "
                            + millis + " ms.");
        }
        BufferedImage first = frames.get(0);
        for (BufferedImage frame : frames) {
            if (frame.getWidth() != first.getWidth()
                    || frame.getHeight() != first.getHeight()
                    || frame.getType() != first.getType()) {
                throw new IllegalArgumentException(
                        "The pictures of an animation have one size and one type, but one is "
                                + frame.getWidth() + " × " + frame.getHeight() + " beside " + first.getWidth() + " × "
                                + first.getHeight() + ", or of another type; draw them alike.");
            }
        }
    }

    /**
     * A field of scalars at one after another of the values of a coordinate, such as the time t: maps where two more coordinates
     * differ, curves where one does. All frames have one scale.
     *
     * @throws IllegalArgumentException when other fields are given
     */
    public static Animation over(String coordinate, Field field) {
        double[] moments =
                Arrays.stream(field.coordinate(coordinate)).sorted().distinct().toArray();
        return new Animation(
                Arrays.stream(moments)
                        .mapToObj(moment -> frame(coordinate, moment, field))
                        .toList(),
                MILLIS);
    }

    private static BufferedImage frame(String coordinate, double moment, Field field) {
        String title = String.format(Locale.ROOT, "%s, %s = %.3g", field.name(), coordinate, moment);
        Field slice = field.slice(coordinate, moment).named(title);
        return Sampled.varying(slice).size() == 1
                ? new LinePicture(title)
                        .range(field.min(), field.max())
                        .curve(field.name(), slice)
                        .draw()
                : FieldMap.of(slice).range(field.min(), field.max()).draw();
    }

    /**
     * Writes the animation, whole or not at all: as GIF of 256 colours a frame, or as animated PNG of all colours.
     *
     * @param file whose name ends with .gif, .png or .apng
     * @throws IllegalArgumentException when it ends otherwise
     * @throws UncheckedIOException naming the file when it cannot be written
     */
    public void write(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean gif = name.endsWith(".gif");
        if (!gif && !name.endsWith(".png") && !name.endsWith(".apng")) {
            throw new IllegalArgumentException("An animation is written as .gif, .png or .apng, but the file is called "
                    + file.getFileName() + ".");
        }
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(directory, file.getFileName().toString(), ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
                if (gif) {
                    AnimatedGif.write(frames, millis, out);
                } else {
                    AnimatedPng.write(frames, millis, out);
                }
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the animation " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
