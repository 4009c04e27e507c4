// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.EOFException;
import java.io.IOException;
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
 * What stands before the numbers of an array of NumPy. See "NEP 1: A simple file format for NumPy arrays".
 *
 * @param start of the numbers in the file, in bytes
 * @param rows extent of the first axis
 * @param width product of the other extents
 * @param bytes of a number
 * @param isBigEndian whether the highest byte of a number comes first
 */
record NpyHeader(long start, int rows, int width, int bytes, boolean isBigEndian) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final Pattern FIELDS = Pattern.compile(
            "'descr':\\s*'([<>])f([48])'.*'fortran_order':\\s*False.*'shape':\\s*\\((\\d+),\\s*([^)]*)\\)");

    /**
     * The header of an array.
     *
     * @param name of the array, for messages
     * @param from where it begins in the file
     * @throws IllegalArgumentException when it is no array of rows of float32 or float64
     */
    static NpyHeader read(Path file, String name, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer fixed = bytes(channel, from, 12);
            byte[] magic = new byte[MAGIC.length];
            fixed.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IllegalArgumentException(name + " is no NumPy array: its first bytes are others.");
            }
            boolean first = fixed.get(6) == 1;
            int length = first ? Short.toUnsignedInt(fixed.getShort(8)) : fixed.getInt(8);
            int begin = first ? 10 : 12;
            if (length < 0 || length > LONGEST) {
                throw new IllegalArgumentException(
                        name + " has a header of " + length + " bytes, which is none of an array.");
            }
            String text = StandardCharsets.ISO_8859_1
                    .decode(bytes(channel, from + begin, length))
                    .toString();
            return parse(text, name, from + begin + length);
        } catch (EOFException e) {
            throw new IllegalArgumentException(name + " is no NumPy array, or was cut off: it ends early.", e);
        }
    }

    private static NpyHeader parse(String text, String name, long start) {
        Matcher matcher = FIELDS.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(name + " holds no rows of float32 or float64 in C order, but "
                    + text.strip() + "; convert it by numpy.ascontiguousarray(a, 'f4').");
        }
        int width = Arrays.stream(matcher.group(4).split(",", -1))
                .filter(word -> !word.isBlank())
                .mapToInt(word -> Integer.parseInt(word.strip()))
                .reduce(1, Math::multiplyExact);
        return new NpyHeader(
                start,
                Integer.parseInt(matcher.group(3)),
                width,
                Integer.parseInt(matcher.group(2)),
                matcher.group(1).equals(">"));
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        FlatRows.fill(buffer, channel, from);
        return buffer;
    }

    /** The numbers behind it. */
    FlatRows rows(Path file) {
        return new FlatRows(file.toString(), start, rows, width, bytes, isBigEndian);
    }
}
