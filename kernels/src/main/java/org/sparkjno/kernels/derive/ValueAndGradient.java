// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * A scalar, what else was computed on the way, and its gradient: what a training step returns.
 *
 * @param value the scalar
 * @param auxiliary other values, not differentiated
 * @param gradients one per value it was differentiated to
 */
public record ValueAndGradient(Value value, List<Value> auxiliary, List<Value> gradients) {
    public ValueAndGradient {
        auxiliary = List.copyOf(auxiliary);
        gradients = List.copyOf(gradients);
    }

    /** The value, then the auxiliary values, then the gradients: the outputs of a graph. */
    public List<Value> outputs() {
        List<Value> all = new ArrayList<>(List.of(value));
        all.addAll(auxiliary);
        all.addAll(gradients);
        return all;
    }
}
