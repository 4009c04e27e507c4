// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.nio.ByteBuffer;
import org.sparkjno.kernels.graph.DType;

/**
 * Numbers in the buffers of a graph, taken as doubles.
 *
 * @param dtype f32 or f64
 */
record RealBuffers(DType dtype) {
    /** How many numbers a buffer holds. */
    int count(ByteBuffer buffer) {
        return buffer.capacity() / dtype.bytes();
    }

    /** Part number {@code part} of parts of {@code count} numbers. */
    double[] read(ByteBuffer buffer, int part, int count) {
        double[] numbers = new double[count];
        if (dtype == DType.F64) {
            buffer.asDoubleBuffer().get(part * count, numbers);
        } else {
            for (int i = 0; i < count; i++) {
                numbers[i] = buffer.getFloat(Float.BYTES * (part * count + i));
            }
        }
        return numbers;
    }

    /** Fills part number {@code part} of parts of that many numbers. */
    void write(double[] numbers, ByteBuffer buffer, int part) {
        if (dtype == DType.F64) {
            buffer.asDoubleBuffer().put(part * numbers.length, numbers);
        } else {
            for (int i = 0; i < numbers.length; i++) {
                buffer.putFloat(Float.BYTES * (part * numbers.length + i), (float) numbers[i]);
            }
        }
    }
}
