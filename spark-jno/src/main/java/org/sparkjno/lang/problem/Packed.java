// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.feed.Numerals;

/**
 * The numbers of a parameter, in a form that travels.
 *
 * @param dtype their type
 * @param bytes little-endian, row-major; not copied
 */
public record Packed(DType dtype, byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A copy of what lies between position and limit, which stay. */
    static Packed of(DType dtype, ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
        return new Packed(dtype, bytes);
    }

    /** A copy of a tensor. */
    static Packed of(StoredTensor tensor) {
        return of(tensor.type().dtype(), tensor.bytes());
    }

    /** As doubles. */
    double[] values() {
        return Numerals.read(ByteBuffer.wrap(bytes), dtype);
    }

    /** The same numbers, rounded to a type. */
    Packed in(DType other) {
        if (dtype == other) {
            return this;
        }
        double[] values = values();
        byte[] cast = new byte[values.length * other.bytes()];
        Numerals.write(values, ByteBuffer.wrap(cast), other);
        return new Packed(other, cast);
    }
}
