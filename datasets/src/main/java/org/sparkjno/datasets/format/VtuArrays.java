// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How a VTU file encodes its arrays: the length in bytes, then the numbers; or, compressed, the number of blocks, their size,
 * that of the last one, all compressed sizes, then the blocks.
 *
 * @param file its name, for messages
 * @param order of the bytes of a number
 * @param header type of the lengths
 * @param compressed whether by zlib
 */
record VtuArrays(String file, ByteOrder order, NumberType header, boolean compressed) {
    /** An array as it stands in the file. */
    interface Source {
        /** The first bytes: the header, or the header and all that follows. */
        byte[] head(int length);

        /** The bytes behind a header. */
        byte[] tail(int header, int length);
    }

    /** Bytes as they are, from an offset. */
    record Raw(byte[] content, int offset) implements Source {
        @Override
        public byte[] head(int length) {
            return Arrays.copyOfRange(content, offset, offset + length);
        }

        @Override
        public byte[] tail(int header, int length) {
            return Arrays.copyOfRange(content, offset + header, offset + header + length);
        }
    }

    /**
     * Bytes in base64, from an offset; the header may have an encoding of its own.
     *
     * @param apart whether it surely has
     */
    record Encoded(byte[] text, int offset, boolean apart) implements Source {
        @Override
        public byte[] head(int length) {
            return Arrays.copyOf(decoded(offset, length), length);
        }

        @Override
        public byte[] tail(int header, int length) {
            int end = offset + encodedLength(header);
            if (apart || text[end - 1] == '=') {
                return Arrays.copyOf(decoded(end, length), length);
            }
            return Arrays.copyOfRange(decoded(offset, header + length), header, header + length);
        }

        private byte[] decoded(int from, int length) {
            return Base64.getDecoder()
                    .decode(Arrays.copyOfRange(text, from, Math.min(text.length, from + encodedLength(length))));
        }

        private static int encodedLength(int bytes) {
            return (bytes + 2) / 3 * 4;
        }
    }

    /** The numbers of an array written as text. */
    double[] parsed(String text) throws FormatException {
        String stripped = text.strip();
        String[] words = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
        double[] numbers = new double[words.length];
        try {
            for (int i = 0; i < words.length; i++) {
                numbers[i] = Double.parseDouble(words[i]);
            }
        } catch (NumberFormatException e) {
            throw new FormatException(message("it has a number that is none"), e);
        }
        return numbers;
    }

    /** The source of an array that stands in base64 inside its element. */
    Source inline(String text) {
        return new Encoded(text.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII), 0, compressed);
    }

    /** The numbers of an array. */
    double[] numbers(NumberType type, Source source) throws FormatException {
        try {
            byte[] content = compressed ? inflated(source) : plain(source);
            return type.next(ByteBuffer.wrap(content).order(order), content.length / type.bytes());
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | DataFormatException e) {
            throw new FormatException(message("an array ends too early or is damaged"), e);
        }
    }

    private byte[] plain(Source source) {
        return source.tail(header.bytes(), (int) words(source, 1)[0]);
    }

    private double[] words(Source source, int count) {
        return header.next(ByteBuffer.wrap(source.head(count * header.bytes())).order(order), count);
    }

    private byte[] inflated(Source source) throws DataFormatException {
        int blocks = (int) words(source, 1)[0];
        double[] sizes = words(source, 3 + blocks);
        int packed = 0;
        for (int i = 3; i < sizes.length; i++) {
            packed += (int) sizes[i];
        }
        byte[] content = source.tail(sizes.length * header.bytes(), packed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int start = 0;
        for (int i = 0; i < blocks; i++) {
            boolean partial = i == blocks - 1 && sizes[2] > 0;
            byte[] block = new byte[(int) (partial ? sizes[2] : sizes[1])];
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(content, start, (int) sizes[3 + i]);
                int filled = inflater.inflate(block);
                all.write(block, 0, filled);
            } finally {
                inflater.end();
            }
            start += (int) sizes[3 + i];
        }
        return all.toByteArray();
    }

    private String message(String reason) {
        return file + " is not a complete VTU file: " + reason + "; write it again.";
    }
}
