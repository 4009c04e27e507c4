// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows of floats that lie in a file one after another, and are read where they lie.
 *
 * @param file its path
 * @param start of the numbers in the file, in bytes
 * @param rows how many there are
 * @param width numbers of a row
 * @param bytes of a number, 4 or 8
 * @param isBigEndian whether the highest byte comes first
 */
public record FlatArray(String file, long start, int rows, int width, int bytes, boolean isBigEndian)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Some rows, one after another.
     *
     * @param chosen their numbers, from 0
     * @throws IOException when they cannot be read
     */
    public double[] read(int[] chosen) throws IOException {
        double[] values = new double[Math.multiplyExact(chosen.length, width)];
        ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(width, bytes))
                .order(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
            for (int i = 0; i < chosen.length; i++) {
                fill(row, channel, start + (long) chosen[i] * row.capacity());
                for (int k = 0; k < width; k++) {
                    values[i * width + k] = bytes == Double.BYTES ? row.getDouble() : row.getFloat();
                }
            }
        }
        return values;
    }

    /** So many bytes of a file, the lowest byte of a number first. */
    static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(buffer, channel, from);
        return buffer;
    }

    private static void fill(ByteBuffer buffer, FileChannel channel, long from) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("it ends early and was perhaps cut off; copy it again");
            }
        }
        buffer.flip();
    }
}
