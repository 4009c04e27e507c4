// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows along the first axis of an array of NumPy, of float32 or float64 in C order, which may be larger than memory: each
 * step reads those of its samples, and the operating system keeps what is read often. See "NEP 1: A simple file format for NumPy
 * arrays". Every task needs the file under the same path.
 *
 * @param file its path
 * @param start of the numbers in the file, in bytes
 * @param rows extent of the first axis
 * @param width numbers of a row
 * @param bytes of a number
 */
public record NpyRows(String file, long start, int rows, int width, int bytes) implements Numbers.OnDemand {
    private static final long serialVersionUID = 1L;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER =
            Pattern.compile("'descr':\\s*'<f([48])'.*'fortran_order':\\s*False.*'shape':\\s*\\((\\d+),\\s*([^)]*)\\)");

    /**
     * The rows of a file.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is no such array
     */
    public static NpyRows of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer fixed = read(channel, 0, 12);
            byte[] magic = new byte[MAGIC.length];
            fixed.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IllegalArgumentException(file + " is no NumPy array: its first bytes are others.");
            }
            boolean first = fixed.get(6) == 1;
            int length = first ? Short.toUnsignedInt(fixed.getShort(8)) : fixed.getInt(8);
            int begin = first ? 10 : 12;
            String header = StandardCharsets.ISO_8859_1
                    .decode(read(channel, begin, length))
                    .toString();
            Matcher matcher = HEADER.matcher(header);
            if (!matcher.find()) {
                throw new IllegalArgumentException(file + " holds no rows of float32 or float64 in C order, but "
                        + header.strip() + "; convert it by numpy.ascontiguousarray(a, 'f4').");
            }
            int width = Arrays.stream(matcher.group(3).split(",", -1))
                    .filter(word -> !word.isBlank())
                    .mapToInt(word -> Integer.parseInt(word.strip()))
                    .reduce(1, Math::multiplyExact);
            return new NpyRows(
                    file.toString(),
                    begin + (long) length,
                    Integer.parseInt(matcher.group(2)),
                    width,
                    Integer.parseInt(matcher.group(1)));
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IllegalArgumentException("An array of NumPy ends early; its file was cut off.");
            }
        }
        return buffer.flip();
    }

    @Override
    public double[] rows(int[] samples) {
        double[] values = new double[Math.multiplyExact(samples.length, width)];
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
            for (int i = 0; i < samples.length; i++) {
                ByteBuffer row = read(channel, start + (long) samples[i] * width * bytes, width * bytes);
                for (int k = 0; k < width; k++) {
                    values[i * width + k] = bytes == Double.BYTES ? row.getDouble() : row.getFloat();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The rows of " + file + " cannot be read", e);
        }
        return values;
    }
}
