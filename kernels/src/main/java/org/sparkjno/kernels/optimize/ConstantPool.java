// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkjno.kernels.graph.Literal;

/** The constants of a program, each once; loops share the pool of the program around them. */
public final class ConstantPool {
    private static final long ALIGNMENT = 64;

    private final Map<Literal, Long> offsets = new LinkedHashMap<>();
    private long bytes;

    ConstantPool() {}

    /** Byte offset of a constant, which joins the pool if it is new. */
    long offset(Literal literal) {
        return offsets.computeIfAbsent(literal, key -> {
            long offset = bytes;
            bytes = (offset + key.type().bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            return offset;
        });
    }

    /** Constants with their byte offsets; complete once every slot of the program has been asked for. */
    public Map<Literal, Long> offsets() {
        return Collections.unmodifiableMap(offsets);
    }

    /** Bytes of all constants. */
    public long bytes() {
        return bytes;
    }
}
