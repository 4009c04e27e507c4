// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows of floats that lie in a file one after another.
 *
 * @param file its path
 * @param start of the numbers in the file, in bytes
 * @param rows how many there are
 * @param width numbers of a row
 * @param bytes of a number, 4 or 8
 * @param isBigEndian whether the highest byte comes first
 */
record FlatRows(String file, long start, int rows, int width, int bytes, boolean isBigEndian)
        implements Numbers.OnDemand {
    @Override
    public double[] rows(int[] samples) {
        double[] values = new double[Math.multiplyExact(samples.length, width)];
        ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(width, bytes))
                .order(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
            for (int i = 0; i < samples.length; i++) {
                fill(row, channel, start + (long) samples[i] * row.capacity());
                for (int k = 0; k < width; k++) {
                    values[i * width + k] = bytes == Double.BYTES ? row.getDouble() : row.getFloat();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The rows of " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return values;
    }

    /** Fills a buffer with what stands in a file from a byte on. */
    static void fill(ByteBuffer buffer, FileChannel channel, long from) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("it ends early and was perhaps cut off; copy it again");
            }
        }
        buffer.flip();
    }
}
