// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the headers of arrays of NumPy: "NEP 1: A simple file format for NumPy arrays". */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final Pattern FIELDS = Pattern.compile(
            "'descr':\\s*'([<>])f([48])'.*'fortran_order':\\s*False.*'shape':\\s*\\((\\d+),\\s*([^)]*)\\)");

    private NpyFile() {}

    /**
     * The array of a file that {@code numpy.save} wrote.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is no array of rows of float32 or float64 in C order
     */
    public static FlatArray open(Path file) throws IOException {
        return at(file, file.toString(), 0);
    }

    /**
     * An array within a file.
     *
     * @param name of the array, for messages
     * @param from where it begins in the file
     */
    static FlatArray at(Path file, String name, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer fixed = FlatArray.bytes(channel, from, 12);
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
                    .decode(FlatArray.bytes(channel, from + begin, length))
                    .toString();
            return parse(file, text, name, from + begin + length);
        } catch (EOFException e) {
            throw new IllegalArgumentException(name + " is no NumPy array, or was cut off: it ends early.", e);
        }
    }

    private static FlatArray parse(Path file, String text, String name, long start) {
        Matcher matcher = FIELDS.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(name + " holds no rows of float32 or float64 in C order, but "
                    + text.strip() + "; convert it by numpy.ascontiguousarray(a, 'f4').");
        }
        int width = Arrays.stream(matcher.group(4).split(",", -1))
                .filter(word -> !word.isBlank())
                .mapToInt(word -> Integer.parseInt(word.strip()))
                .reduce(1, Math::multiplyExact);
        return new FlatArray(
                file.toString(),
                start,
                Integer.parseInt(matcher.group(3)),
                width,
                Integer.parseInt(matcher.group(2)),
                matcher.group(1).equals(">"));
    }
}
