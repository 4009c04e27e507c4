// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/** Copies of arrays where machine code can read them. The caller closes them. */
final class Staging {
    /** Numbers copied at once, since a buffer holds less than 2 GiB. */
    private static final int CHUNK = 1 << 26;

    private Staging() {}

    /** A text, ended by zero. */
    static NativeMemory of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = NativeMemory.allocate(bytes.length + 1L);
        memory.view().put(bytes);
        return memory;
    }

    static NativeMemory of(int[] numbers) {
        NativeMemory memory = allocate(numbers.length, Integer.BYTES);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            view(memory, from, count, Integer.BYTES).asIntBuffer().put(numbers, from, count);
        }
        return memory;
    }

    /** Matrix values as AmgX is to store them. */
    static NativeMemory of(double[] numbers, AmgxPrecision precision) {
        NativeMemory memory = allocate(numbers.length, precision.bytes());
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            ByteBuffer part = view(memory, from, count, precision.bytes());
            if (precision == AmgxPrecision.DOUBLE) {
                part.asDoubleBuffer().put(numbers, from, count);
            } else {
                FloatBuffer floats = part.asFloatBuffer();
                for (int k = from; k < from + count; k++) {
                    floats.put((float) numbers[k]);
                }
            }
        }
        return memory;
    }

    /** A vector that can be written and read again and again. */
    static NativeMemory vector(int rows) {
        return allocate(rows, Double.BYTES);
    }

    static void write(double[] numbers, NativeMemory vector) {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            doubles(vector, from, count).put(numbers, from, count);
        }
    }

    static void read(NativeMemory vector, double[] numbers) {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            doubles(vector, from, count).get(numbers, from, count);
        }
    }

    private static DoubleBuffer doubles(NativeMemory vector, int from, int count) {
        return view(vector, from, count, Double.BYTES).asDoubleBuffer();
    }

    private static NativeMemory allocate(int count, int bytes) {
        return NativeMemory.allocate(Math.max(1, (long) count * bytes));
    }

    private static ByteBuffer view(NativeMemory memory, int from, int count, int bytes) {
        return memory.view((long) from * bytes, (long) count * bytes);
    }
}
