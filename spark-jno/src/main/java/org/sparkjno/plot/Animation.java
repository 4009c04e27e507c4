// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.sparkjno.lang.problem.Field;

/**
 * Pictures that follow one another, as an animated GIF that repeats for ever.
 *
 * @param frames of one size
 * @param millis for which each is shown
 */
public record Animation(List<BufferedImage> frames, int millis) {
    private static final String GIF = "javax_imageio_gif_image_1.0";
    private static final int MILLIS = 150;

    public Animation {
        frames = List.copyOf(frames);
        if (frames.isEmpty() || millis < 10) {
            throw new IllegalArgumentException(
                    "An animation needs pictures, each of them for at least 10 ms; there are " + frames.size() + " for "
                            + millis + " ms.");
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
     * Writes the animation as GIF, whole or not at all.
     *
     * @throws UncheckedIOException naming the file when it cannot be written
     */
    public void write(Path file) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(directory, file.getFileName().toString(), ".part");
            // The stream would write behind what is in the file already.
            Files.delete(partial);
            try (ImageOutputStream stream = ImageIO.createImageOutputStream(partial.toFile())) {
                writer.setOutput(stream);
                writer.prepareWriteSequence(null);
                for (int i = 0; i < frames.size(); i++) {
                    writer.writeToSequence(new IIOImage(frames.get(i), null, metadata(writer, i)), null);
                }
                writer.endWriteSequence();
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the animation " + file + ": " + e.getMessage() + ".", e);
        } finally {
            writer.dispose();
        }
    }

    private IIOMetadata metadata(ImageWriter writer, int frame) throws IOException {
        ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(frames.get(frame));
        IIOMetadata metadata = writer.getDefaultImageMetadata(type, null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(GIF);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(millis / 10));
        control.setAttribute("transparentColorIndex", "0");
        if (frame == 0) {
            IIOMetadataNode application = new IIOMetadataNode("ApplicationExtension");
            application.setAttribute("applicationID", "NETSCAPE");
            application.setAttribute("authenticationCode", "2.0");
            // A block of kind 1, and zero repetitions, which means no end.
            application.setUserObject(new byte[] {1, 0, 0});
            child(root, "ApplicationExtensions").appendChild(application);
        }
        metadata.setFromTree(GIF, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode child = new IIOMetadataNode(name);
        root.appendChild(child);
        return child;
    }
}
