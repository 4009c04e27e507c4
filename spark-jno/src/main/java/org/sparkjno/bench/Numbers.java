// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongToDoubleFunction;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.random.RandomStream;

/** Reproducible contents of tensors. */
final class Numbers {
    private Numbers() {}

    static StoredTensor zeros(TensorType type) {
        return of(type, i -> 0);
    }

    /** Independent numbers between two bounds, decided by a name. */
    static StoredTensor uniform(String name, TensorType type, double low, double high) {
        RandomStream stream = RandomStream.named(0, name);
        return of(type, i -> low + (high - low) * stream.uniform(i));
    }

    /** A number for each row-major position. */
    static StoredTensor of(TensorType type, LongToDoubleFunction element) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < type.shape().size(); i++) {
            if (type.dtype() == DType.F64) {
                bytes.putDouble(element.applyAsDouble(i));
            } else {
                bytes.putFloat((float) element.applyAsDouble(i));
            }
        }
        return new StoredTensor(type, bytes.flip());
    }

    /** The root of the mean square of all elements: of one positive number that number itself. */
    static double rootMeanSquare(TensorType type, ByteBuffer bytes) {
        double sum = 0;
        int size = Math.toIntExact(type.shape().size());
        for (int i = 0; i < size; i++) {
            double element = Bytes.get(bytes, type.dtype(), i);
            sum += element * element;
        }
        return Math.sqrt(sum / size);
    }
}
