// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/** Recognises tensors filled with one number known at compile time. */
public final class Splat {
    private Splat() {}

    /** The number, or null. */
    public static Double of(Value value) {
        Value source = value;
        while (source.op() instanceof Op.Broadcast || source.op() instanceof Op.Reshape) {
            source = source.operands().get(0);
        }
        return source.op() instanceof Op.Constant constant && constant.literal().size() == 1
                ? constant.literal().get(0)
                : null;
    }
}
