// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkjno.kernels.graph.BFloat16;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;

/** The memory layout of tensors, element by element. */
public final class Bytes {
    private Bytes() {}

    /** A literal as contiguous little-endian bytes. */
    public static ByteBuffer of(Literal literal) {
        DType dtype = literal.type().dtype();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(literal.type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < literal.size(); i++) {
            put(bytes, dtype, i, literal.get(i));
        }
        return bytes;
    }

    /** The literal that contiguous little-endian bytes hold. */
    public static Literal literal(TensorType type, ByteBuffer bytes) {
        double[] elements = new double[Math.toIntExact(type.shape().size())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = get(bytes, type.dtype(), i);
        }
        return Literal.of(type, elements);
    }

    /** Element {@code index} of bytes that hold elements of one type. */
    public static double get(ByteBuffer bytes, DType dtype, int index) {
        int at = index * dtype.bytes();
        return switch (dtype) {
            case F32 -> bytes.getFloat(at);
            case F64 -> bytes.getDouble(at);
            case BF16 -> BFloat16.toFloat(bytes.getShort(at));
            case I32 -> bytes.getInt(at);
            case I64 -> bytes.getLong(at);
            case BOOL -> bytes.get(at);
        };
    }

    private static void put(ByteBuffer bytes, DType dtype, int index, double value) {
        int at = index * dtype.bytes();
        switch (dtype) {
            case F32 -> bytes.putFloat(at, (float) value);
            case F64 -> bytes.putDouble(at, value);
            case BF16 -> bytes.putShort(at, BFloat16.of((float) value));
            case I32 -> bytes.putInt(at, (int) value);
            case I64 -> bytes.putLong(at, (long) value);
            case BOOL -> bytes.put(at, (byte) (value != 0 ? 1 : 0));
        }
    }
}
