// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array as NumPy stores it, its numbers as doubles. See "NEP 1: A simple file format for NumPy arrays".
 *
 * @param name for messages
 * @param shape extents
 * @param fortran whether the first axis runs fastest
 * @param complex whether each element is a pair of numbers
 * @param values elements in the order of the file
 * @param text the characters of an array of bytes, empty for numbers
 */
record NpyArray(String name, int[] shape, boolean fortran, boolean complex, double[] values, String text) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])([a-zA-Z])(\\d+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");
    private static final int CHUNK = 1 << 16;

    /**
     * Reads an array.
     *
     * @throws MatrixFormatException if it is none, or of a kind that is no matrix
     */
    static NpyArray read(InputStream stream, String name) throws IOException {
        try {
            DataInputStream in = new DataInputStream(stream);
            String header = header(in, name);
            Matcher type = matched(TYPE, header, name);
            boolean fortran = matched(ORDER, header, name).group(1).equals("True");
            int[] shape = shape(matched(SHAPE, header, name).group(1), name);
            char kind = type.group(2).charAt(0);
            int bytes = Integer.parseInt(type.group(3));
            ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            if (kind == 'S' || kind == 'U') {
                byte[] characters = in.readNBytes(kind == 'S' ? bytes : 4 * bytes);
                String text = new String(characters, StandardCharsets.ISO_8859_1).replace("\0", "");
                return new NpyArray(name, shape, fortran, false, new double[0], text);
            }
            boolean complex = kind == 'c';
            int width = complex ? bytes / 2 : bytes;
            Element element = Element.of(complex ? 'f' : kind, width);
            if (element == null) {
                throw new MatrixFormatException(name + " holds elements of the type '" + type.group(2) + type.group(3)
                        + "', which are no numbers of a matrix; convert them to float64.");
            }
            int count = count(shape, complex ? 2 : 1, name);
            return new NpyArray(name, shape, fortran, complex, numbers(in, count, width, order, element), "");
        } catch (EOFException e) {
            throw new MatrixFormatException(name + " ends early; it was cut off.", e);
        }
    }

    private static String header(DataInputStream in, String name) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new MatrixFormatException(name + " is no NumPy array: its first bytes are others.");
        }
        int version = in.readUnsignedByte();
        in.readUnsignedByte();
        int length = version == 1 ? Short.toUnsignedInt(Short.reverseBytes(in.readShort())) : reversed(in);
        if (length < 0 || length > CHUNK) {
            throw new MatrixFormatException(name + " has a header of " + length + " bytes, which is none of an array.");
        }
        byte[] text = new byte[length];
        in.readFully(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static int reversed(DataInputStream in) throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private static Matcher matched(Pattern pattern, String header, String name) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new MatrixFormatException(name + " is no array of numbers: its header is " + header.strip() + ".");
        }
        return matcher;
    }

    private static int[] shape(String text, String name) throws IOException {
        String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*", 0);
        int[] shape = new int[words.length];
        for (int k = 0; k < shape.length; k++) {
            try {
                shape[k] = Integer.parseInt(words[k]);
            } catch (NumberFormatException e) {
                throw new MatrixFormatException(
                        name + " has an axis of " + words[k] + " elements, which is too long.", e);
            }
        }
        return shape;
    }

    private static int count(int[] shape, int factor, String name) throws IOException {
        long count = factor;
        for (int extent : shape) {
            count *= extent;
            if (count > Integer.MAX_VALUE - 8) {
                throw new MatrixFormatException(
                        name + " holds more than 2147483639 numbers, too many for one array; distribute the rows.");
            }
        }
        return (int) count;
    }

    private static double[] numbers(DataInputStream in, int count, int width, ByteOrder order, Element element)
            throws IOException {
        double[] values = new double[count];
        byte[] bytes = new byte[CHUNK];
        ByteBuffer view = ByteBuffer.wrap(bytes).order(order);
        int chunk = CHUNK / width;
        for (int done = 0; done < count; done += chunk) {
            int size = Math.min(chunk, count - done);
            in.readFully(bytes, 0, size * width);
            for (int k = 0; k < size; k++) {
                values[done + k] = element.at(view, k * width);
            }
        }
        return values;
    }

    /** Reads one number. */
    private interface Element {
        double at(ByteBuffer bytes, int position);

        /** Null for other types. */
        static Element of(char kind, int width) {
            return switch (kind + "" + width) {
                case "f8" -> ByteBuffer::getDouble;
                case "f4" -> ByteBuffer::getFloat;
                case "i8" -> ByteBuffer::getLong;
                case "i4" -> ByteBuffer::getInt;
                case "i2" -> ByteBuffer::getShort;
                case "i1" -> ByteBuffer::get;
                case "u4" -> (bytes, at) -> Integer.toUnsignedLong(bytes.getInt(at));
                case "u2" -> (bytes, at) -> Short.toUnsignedInt(bytes.getShort(at));
                case "u1", "b1" -> (bytes, at) -> Byte.toUnsignedInt(bytes.get(at));
                default -> null;
            };
        }
    }

    /**
     * The elements as indices.
     *
     * @throws MatrixFormatException if one is no int
     */
    int[] integers() throws IOException {
        int[] integers = new int[values.length];
        for (int k = 0; k < integers.length; k++) {
            integers[k] = (int) values[k];
            if (integers[k] != values[k]) {
                throw new MatrixFormatException(name + " holds the index " + values[k]
                        + ", but indices are whole numbers below 2147483648; distribute the rows.");
            }
        }
        return integers;
    }

    double real(int element) {
        return values[complex ? 2 * element : element];
    }

    double imaginary(int element) {
        return complex ? values[2 * element + 1] : 0;
    }

    /** The position of an element of two axes. */
    int position(int i, int j) {
        return fortran ? i + shape[0] * j : i * shape[1] + j;
    }

    /** The position of an element of three axes. */
    int position(int k, int i, int j) {
        return fortran ? k + shape[0] * (i + shape[1] * j) : (k * shape[1] + i) * shape[2] + j;
    }
}
