// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;

/** One tensor in the memory of a device: contiguous, row-major, little-endian. */
public interface Buffer extends AutoCloseable {
    TensorType type();

    /** Copies the whole tensor from {@code source}, whose remaining bytes it needs exactly; its position stays. */
    void write(ByteBuffer source);

    /** Copies the whole tensor to {@code target}, which needs room for it; its position stays. */
    void read(ByteBuffer target);

    /** The memory itself when the host can address it: little-endian, position 0. Valid until {@link #close}. */
    Optional<ByteBuffer> host();

    @Override
    void close();

    /** Writes a literal of this type. */
    default void write(Literal literal) {
        if (!literal.type().equals(type())) {
            throw new IllegalArgumentException("A buffer of type " + type() + " cannot take " + literal + ".");
        }
        write(Bytes.of(literal));
    }

    /** Copies the tensor to a literal on the host. */
    default Literal read() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
        read(bytes);
        return Bytes.literal(type(), bytes);
    }
}
