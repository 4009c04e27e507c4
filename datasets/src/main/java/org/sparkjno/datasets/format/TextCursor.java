// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Lines and words of a file that may hold binary numbers in between. */
final class TextCursor {
    private final ByteBuffer bytes;

    TextCursor(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The rest of the line without its end; empty at the end of the file. */
    String line() {
        int start = bytes.position();
        while (bytes.hasRemaining() && bytes.get(bytes.position()) != '\n') {
            bytes.get();
        }
        String line = text(start);
        if (bytes.hasRemaining()) {
            bytes.get();
        }
        return line.strip();
    }

    /** The words on the rest of the line; a single empty one if there are none. */
    String[] words() {
        return line().split("\\s+", -1);
    }

    /** The next word, on whatever line; empty at the end of the file. */
    String word() {
        while (bytes.hasRemaining() && isBlank(bytes.get(bytes.position()))) {
            bytes.get();
        }
        int start = bytes.position();
        while (bytes.hasRemaining() && !isBlank(bytes.get(bytes.position()))) {
            bytes.get();
        }
        return text(start);
    }

    private static boolean isBlank(byte character) {
        return character >= 0 && character <= ' ';
    }

    private String text(int start) {
        return new String(bytes.array(), start, bytes.position() - start, StandardCharsets.UTF_8);
    }
}
