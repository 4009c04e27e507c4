// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkjno.kernels.graph.TensorType;

/**
 * A tensor in host memory as files hold it: row-major, little-endian.
 *
 * @param type element type and shape
 * @param bytes exactly the tensor, from position to limit; shared, not copied
 */
public record StoredTensor(TensorType type, ByteBuffer bytes) {
    public StoredTensor {
        if (bytes.remaining() != type.bytes()) {
            throw new IllegalArgumentException(
                    "A tensor " + type + " takes " + type.bytes() + " bytes, but got " + bytes.remaining() + ".");
        }
        bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
