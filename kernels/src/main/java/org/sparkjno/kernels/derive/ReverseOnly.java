// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.List;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/** Finds tangents that nobody can compute because their function knows only its cotangents. */
final class ReverseOnly {
    private ReverseOnly() {}

    /**
     * Refuses tangents that need such a function.
     *
     * @return the tangents
     * @throws UnsupportedOperationException naming the function
     */
    static List<Value> refuse(List<Value> tangents) {
        for (Value value : Graph.reach(tangents)) {
            if (value.op() instanceof RuledOp.Custom op && op.rule().isReverseOnly()) {
                throw new UnsupportedOperationException(
                        "The function '" + op.rule().name()
                                + "' has a rule for reverse mode only; differentiate by vjp or gradient, or give it tangents by"
                                + " customJvp.");
            }
            if (value.op() instanceof LoopOp.Scan loop) {
                refuse(loop.body().outputs());
            }
        }
        return tangents;
    }
}
