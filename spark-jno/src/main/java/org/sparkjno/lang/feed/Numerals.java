// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkjno.kernels.graph.BFloat16;
import org.sparkjno.kernels.graph.DType;

/** Numbers of the host as tensors hold them: of a floating type, little-endian. */
public final class Numerals {
    private Numerals() {}

    /** All numbers, from position to limit, which stay. */
    public static double[] read(ByteBuffer from, DType dtype) {
        ByteBuffer bytes = from.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / dtype.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (dtype) {
                case F64 -> bytes.getDouble();
                case BF16 -> BFloat16.toFloat(bytes.getShort());
                default -> bytes.getFloat();
            };
        }
        return values;
    }

    /** Writes from the position, which stays. */
    public static void write(double[] values, ByteBuffer to, DType dtype) {
        ByteBuffer bytes = to.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (dtype) {
                case F64 -> bytes.putDouble(value);
                case BF16 -> bytes.putShort(BFloat16.of((float) value));
                default -> bytes.putFloat((float) value);
            }
        }
    }

    /** Memory of their own for numbers. */
    public static ByteBuffer of(double[] values, DType dtype) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        write(values, bytes, dtype);
        return bytes;
    }
}
