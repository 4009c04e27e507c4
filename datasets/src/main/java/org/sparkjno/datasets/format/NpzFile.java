// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads archives of arrays of NumPy. They are ZIP archives whose members are stored as they are, and so can be read where they
 * lie; Java's own reader does not say where that is. See PKWARE's "APPNOTE.TXT - .ZIP File Format Specification", with its 64-bit
 * extensions.
 */
public final class NpzFile {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_BYTES = 20;
    private static final int LOCATOR = 0x07064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final short WIDE = 1;
    private static final long IS_WIDE = 0xffffffffL;

    private NpzFile() {}

    /**
     * An array of an archive that {@code numpy.savez} wrote.
     *
     * @param array its name
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is no archive, has no such array of rows of float32 or float64, or has it compressed
     */
    public static FlatArray open(Path file, String array) throws IOException {
        long start;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            start = find(channel, file, array + ".npy");
        }
        return NpyFile.at(file, "The array '" + array + "' of " + file, start);
    }

    /** Where a member begins. */
    private static long find(FileChannel channel, Path file, String name) throws IOException {
        ByteBuffer directory = directory(channel, file);
        List<String> others = new ArrayList<>();
        while (directory.remaining() >= ENTRY_BYTES && directory.getInt(directory.position()) == ENTRY) {
            int entry = directory.position();
            int nameBytes = Short.toUnsignedInt(directory.getShort(entry + 28));
            int extraBytes = Short.toUnsignedInt(directory.getShort(entry + 30));
            int commentBytes = Short.toUnsignedInt(directory.getShort(entry + 32));
            byte[] text = new byte[nameBytes];
            directory.get(entry + ENTRY_BYTES, text);
            String found = new String(text, StandardCharsets.UTF_8);
            if (found.equals(name)) {
                if (directory.getShort(entry + 10) != 0) {
                    throw new IllegalArgumentException("'" + name + "' in " + file + " is compressed, so that its rows"
                            + " cannot be read one by one; write the file by numpy.savez instead of"
                            + " numpy.savez_compressed.");
                }
                long header = offset(directory, entry, entry + ENTRY_BYTES + nameBytes, extraBytes);
                ByteBuffer local = FlatArray.bytes(channel, header, LOCAL_BYTES);
                int before = Short.toUnsignedInt(local.getShort(26)) + Short.toUnsignedInt(local.getShort(28));
                return header + LOCAL_BYTES + before;
            }
            others.add(found);
            directory.position(entry + ENTRY_BYTES + nameBytes + extraBytes + commentBytes);
        }
        throw new IllegalArgumentException("There is no '" + name + "' in " + file + "; it has " + others + ".");
    }

    /** The list of members, which stands at the end of the archive. */
    private static ByteBuffer directory(FileChannel channel, Path file) throws IOException {
        int length = (int) Math.min(channel.size(), END_BYTES + LONGEST_COMMENT + LOCATOR_BYTES);
        ByteBuffer tail = FlatArray.bytes(channel, channel.size() - length, length);
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                long size = Integer.toUnsignedLong(tail.getInt(at + 12));
                long start = Integer.toUnsignedLong(tail.getInt(at + 16));
                int locator = at - LOCATOR_BYTES;
                if (locator >= 0 && tail.getInt(locator) == LOCATOR) {
                    ByteBuffer wide = FlatArray.bytes(channel, tail.getLong(locator + 8), 56);
                    size = wide.getLong(40);
                    start = wide.getLong(48);
                }
                return FlatArray.bytes(channel, start, Math.toIntExact(size));
            }
        }
        throw new IllegalArgumentException(file + " is no archive of arrays, as numpy.savez writes it.");
    }

    /** Where the member begins; in an extra field if that takes more than 32 bits. */
    private static long offset(ByteBuffer directory, int entry, int extra, int extraBytes) {
        long offset = Integer.toUnsignedLong(directory.getInt(entry + 42));
        if (offset != IS_WIDE) {
            return offset;
        }
        for (int at = extra; at < extra + extraBytes; at += 4 + Short.toUnsignedInt(directory.getShort(at + 2))) {
            if (directory.getShort(at) == WIDE) {
                int place = at + 4;
                // The sizes come first, each only if it does not fit either.
                for (int size : new int[] {24, 20}) {
                    place += Integer.toUnsignedLong(directory.getInt(entry + size)) == IS_WIDE ? Long.BYTES : 0;
                }
                return directory.getLong(place);
            }
        }
        return offset;
    }
}
