// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.List;

/**
 * Fixes when collectives happen. All ranks must meet in the same order, but where their graphs differ a little, because their parts
 * are of different extents, a device may find another order best for each of them.
 */
public final class CollectiveOrder {
    private Value last;

    private CollectiveOrder() {}

    /** The same graph, in which each collective waits for the one before it in the order of {@link Graph#order}. */
    public static Graph of(Graph graph) {
        return graph.rewrite(new CollectiveOrder()::rewritten);
    }

    private Value rewritten(Value value, List<Value> operands) {
        if (!(value.op() instanceof CollectiveOp)) {
            return value.over(operands);
        }
        last = value.over(last == null ? operands : List.of(RuledOp.after(operands.get(0), List.of(last))));
        return last;
    }
}
