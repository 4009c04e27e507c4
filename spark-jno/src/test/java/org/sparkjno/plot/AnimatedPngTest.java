// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Animated PNG, read chunk by chunk as its specification says. */
class AnimatedPngTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;

    /** Some bytes under a name of four letters. */
    private record Chunk(String type, byte[] data) {
        ByteBuffer numbers() {
            return ByteBuffer.wrap(data);
        }

        void write(DataOutputStream out) throws IOException {
            byte[] name = type.getBytes(StandardCharsets.US_ASCII);
            out.writeInt(data.length);
            out.write(name);
            out.write(data);
            out.writeInt(check(name, data));
        }
    }

    private static int check(byte[] name, byte[] data) {
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        return (int) check.getValue();
    }

    /** A picture that hardly compresses, so that its pixels fill several chunks. */
    private static BufferedImage picture(int frame) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, ((frame + 1) * 0x9e3779b1 * (y * WIDTH + x + 1)) >>> 8);
            }
        }
        return image;
    }

    private static List<Chunk> chunks(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        assertThat(bytes.getLong()).isEqualTo(0x89504e470d0a1a0aL);
        List<Chunk> chunks = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] data = new byte[bytes.getInt()];
            byte[] name = new byte[4];
            bytes.get(name).get(data);
            assertThat(bytes.getInt()).isEqualTo(check(name, data));
            chunks.add(new Chunk(new String(name, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    /** The picture of a frame as a file of its own: the header, its data, and the end. */
    private static BufferedImage alone(Chunk header, List<byte[]> data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x89504e470d0a1a0aL);
        header.write(out);
        for (byte[] part : data) {
            new Chunk("IDAT", part).write(out);
        }
        new Chunk("IEND", new byte[0]).write(out);
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void everyFrameIsThereUnchanged(@TempDir Path directory) throws IOException {
        List<BufferedImage> frames =
                IntStream.range(0, 3).mapToObj(AnimatedPngTest::picture).toList();
        Path file = directory.resolve("a.png");
        new Animation(frames, 120).write(file);
        List<Chunk> chunks = chunks(Files.readAllBytes(file));

        assertThat(chunks.get(0).type()).isEqualTo("IHDR");
        assertThat(chunks.get(1).type()).isEqualTo("acTL");
        assertThat(chunks.get(1).numbers().getInt(0)).isEqualTo(3);
        assertThat(chunks.get(1).numbers().getInt(4)).isZero();
        assertThat(chunks.get(chunks.size() - 1).type()).isEqualTo("IEND");
        List<List<byte[]>> data = new ArrayList<>();
        int sequence = 0;
        for (Chunk chunk : chunks.subList(2, chunks.size() - 1)) {
            if (chunk.type().equals("fcTL")) {
                ByteBuffer control = chunk.numbers();
                assertThat(control.getInt()).isEqualTo(sequence++);
                assertThat(List.of(control.getInt(), control.getInt(), control.getInt(), control.getInt()))
                        .containsExactly(WIDTH, HEIGHT, 0, 0);
                assertThat(control.getShort() / (double) control.getShort()).isEqualTo(0.12);
                assertThat(control.getShort()).isZero();
                data.add(new ArrayList<>());
            } else if (chunk.type().equals("IDAT")) {
                assertThat(data).hasSize(1);
                data.get(0).add(chunk.data());
            } else {
                assertThat(chunk.type()).isEqualTo("fdAT");
                assertThat(chunk.numbers().getInt()).isEqualTo(sequence++);
                byte[] rest = new byte[chunk.data().length - 4];
                chunk.numbers().get(4, rest);
                data.get(data.size() - 1).add(rest);
            }
        }
        assertThat(data).hasSize(3).allSatisfy(parts -> assertThat(parts).hasSizeGreaterThan(1));
        for (int frame = 0; frame < 3; frame++) {
            assertThat(pixels(alone(chunks.get(0), data.get(frame)))).isEqualTo(pixels(frames.get(frame)));
        }
        // Whatever knows no animation sees the first picture.
        assertThat(pixels(ImageIO.read(file.toFile()))).isEqualTo(pixels(frames.get(0)));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
    }

    @Test
    void otherNamesAreRefused(@TempDir Path directory) {
        assertThatThrownBy(() -> new Animation(List.of(picture(0)), 100).write(directory.resolve("a.mp4")))
                .hasMessageContaining(".gif, .png or .apng");
        assertThat(directory).isEmptyDirectory();
    }
}
