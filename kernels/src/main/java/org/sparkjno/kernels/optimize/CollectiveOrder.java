// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.List;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/**
 * Has each collective wait for the one before it. Ranks trace alike, but their shares may differ in size, and with them what is
 * worth merging and what is best computed first: without this, two ranks could call in different orders.
 */
final class CollectiveOrder {
    private Value last;

    private CollectiveOrder() {}

    /** The same graph with its collectives in the order in which they were traced. */
    static Graph keep(Graph graph) {
        return graph.rewrite(new CollectiveOrder()::rewrite);
    }

    private Value rewrite(Value value, List<Value> operands) {
        if (!(value.op() instanceof CollectiveOp)) {
            return value.over(operands);
        }
        Value waiting = last == null ? operands.get(0) : RuledOp.after(operands.get(0), List.of(last));
        last = value.over(List.of(waiting));
        return last;
    }
}
