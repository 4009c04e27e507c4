// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkjno.kernels.graph.DType;

/** Numbers of the host as tensors hold them: f32 or f64, little-endian. */
final class Numerals {
    private Numerals() {}

    /** All numbers, from position to limit, which stay. */
    static double[] read(ByteBuffer from, DType dtype) {
        ByteBuffer bytes = from.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / dtype.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = dtype == DType.F64 ? bytes.getDouble() : bytes.getFloat();
        }
        return values;
    }

    /** Writes from the position, which stays. */
    static void write(double[] values, ByteBuffer to, DType dtype) {
        ByteBuffer bytes = to.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (dtype == DType.F64) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
    }

    /** Memory of their own for numbers. */
    static ByteBuffer of(double[] values, DType dtype) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        write(values, bytes, dtype);
        return bytes;
    }

    /** The same numbers in another precision. */
    static byte[] cast(byte[] from, DType dtype, DType to) {
        if (dtype == to) {
            return from;
        }
        double[] values = read(ByteBuffer.wrap(from), dtype);
        byte[] cast = new byte[values.length * to.bytes()];
        write(values, ByteBuffer.wrap(cast), to);
        return cast;
    }
}
