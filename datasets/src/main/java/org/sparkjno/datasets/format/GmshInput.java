// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The numbers of a gmsh file, one after the other, whether written as text or in binary. */
final class GmshInput {
    private final String file;
    private final ByteBuffer bytes;
    private final TextCursor text;
    private boolean binary;

    GmshInput(String file, byte[] bytes) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        text = new TextCursor(this.bytes);
    }

    /** From now on, numbers are binary. */
    void binary() throws FormatException {
        binary = true;
        // A one, to tell the byte order.
        if (integer() != 1) {
            bytes.order(ByteOrder.BIG_ENDIAN);
            bytes.position(bytes.position() - Integer.BYTES);
            if (integer() != 1) {
                throw malformed("its byte order is unknown");
            }
        }
    }

    boolean isBinary() {
        return binary;
    }

    boolean hasRemaining() {
        return bytes.hasRemaining();
    }

    /** The rest of the line. */
    String line() {
        return text.line();
    }

    /** The words on the rest of the line. */
    String[] words() {
        return text.words();
    }

    /** A count written as text on a line of its own, also before binary numbers. */
    int countLine() throws FormatException {
        return toInt(line());
    }

    int integer() throws FormatException {
        if (!binary) {
            return toInt(text.word());
        }
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw new FormatException(message("it ends too early"), e);
        }
    }

    /** An integer that is a size_t in binary. */
    int size() throws FormatException {
        if (!binary) {
            return toInt(text.word());
        }
        try {
            return Math.toIntExact(bytes.getLong());
        } catch (BufferUnderflowException | ArithmeticException e) {
            throw new FormatException(message("it ends too early or has too large a number"), e);
        }
    }

    double real() throws FormatException {
        try {
            return binary ? bytes.getDouble() : Double.parseDouble(text.word());
        } catch (BufferUnderflowException | NumberFormatException e) {
            throw new FormatException(message("it ends too early or has a number that is none"), e);
        }
    }

    private int toInt(String word) throws FormatException {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new FormatException(
                    message(word.isEmpty() ? "it ends too early" : "it has '" + word + "' for a whole number"), e);
        }
    }

    FormatException malformed(String reason) {
        return new FormatException(message(reason));
    }

    private String message(String reason) {
        return file + " is not a complete gmsh mesh file: " + reason + "; write it again with gmsh.";
    }
}
