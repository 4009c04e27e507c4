// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/**
 * Pictures one after another as an animated PNG that repeats for ever and keeps all colours; what knows no animation shows the
 * first. The pixels of each are compressed by Java's own PNG writer. See the W3C recommendation "Portable Network Graphics (PNG)
 * Specification (Third Edition)", chunks acTL, fcTL and fdAT.
 */
final class AnimatedPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int FRAME_CONTROL = 26;
    private static final int MILLIS_PER_SECOND = 1000;

    private final DataOutputStream out;
    /** Counts the chunks fcTL and fdAT together. */
    private int sequence;

    private AnimatedPng(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    /**
     * Writes pictures of one size and kind.
     *
     * @param millis for which each is shown
     */
    static void write(List<BufferedImage> frames, int millis, OutputStream stream) throws IOException {
        new AnimatedPng(stream).write(frames, millis);
    }

    private void write(List<BufferedImage> frames, int millis) throws IOException {
        out.write(SIGNATURE);
        for (int frame = 0; frame < frames.size(); frame++) {
            // What the writer of single pictures says of this one: header, pixels, end.
            ByteBuffer alone = ByteBuffer.wrap(single(frames.get(frame)));
            alone.position(SIGNATURE.length);
            boolean controlled = false;
            while (alone.hasRemaining()) {
                byte[] data = new byte[alone.getInt()];
                byte[] type = new byte[Integer.BYTES];
                alone.get(type).get(data).getInt();
                switch (new String(type, StandardCharsets.US_ASCII)) {
                    case "IHDR" -> begin(frame, data, frames.size());
                    case "IDAT" -> {
                        if (!controlled) {
                            control(frames.get(frame), millis);
                            controlled = true;
                        }
                        pixels(frame, data);
                    }
                    default -> {
                        // The end, which comes once after all pictures.
                    }
                }
            }
        }
        chunk("IEND", new byte[0]);
        out.flush();
    }

    private static byte[] single(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** The header of the first picture is that of all; after it stands how many there are, and that they repeat for ever. */
    private void begin(int frame, byte[] header, int frames) throws IOException {
        if (frame == 0) {
            chunk("IHDR", header);
            chunk(
                    "acTL",
                    ByteBuffer.allocate(2 * Integer.BYTES)
                            .putInt(frames)
                            .putInt(0)
                            .array());
        }
    }

    /** Extent, place and time of a picture; it stays until the next one takes its place. */
    private void control(BufferedImage image, int millis) throws IOException {
        ByteBuffer control = ByteBuffer.allocate(FRAME_CONTROL)
                .putInt(sequence++)
                .putInt(image.getWidth())
                .putInt(image.getHeight())
                .putInt(0)
                .putInt(0)
                .putShort((short) Math.min(millis, Short.MAX_VALUE))
                .putShort((short) MILLIS_PER_SECOND);
        chunk("fcTL", control.array());
    }

    private void pixels(int frame, byte[] data) throws IOException {
        if (frame == 0) {
            chunk("IDAT", data);
        } else {
            chunk(
                    "fdAT",
                    ByteBuffer.allocate(Integer.BYTES + data.length)
                            .putInt(sequence++)
                            .put(data)
                            .array());
        }
    }

    private void chunk(String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) check.getValue());
    }
}
