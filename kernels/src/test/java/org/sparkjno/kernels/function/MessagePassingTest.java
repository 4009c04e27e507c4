// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class MessagePassingTest {
    /** 0 → 1, 2 → 1, 1 → 0, and one edge that is only padding; nothing reaches node 2. */
    private static final MessagePassing EDGES = new MessagePassing(nodes(0, 2, 1, 3), nodes(1, 1, 0, 3), 3);

    private static final Literal FEATURES = Literal.of(TensorType.f64(3, 2), 1, 2, 3, 4, 5, 6);

    private static Value nodes(int... nodes) {
        double[] numbers = java.util.Arrays.stream(nodes).asDoubleStream().toArray();
        return Value.constant(Literal.of(new TensorType(DType.I32, Shape.of(nodes.length)), numbers));
    }

    @Test
    void messagesTravelAlongEdges() {
        assertThat(FunctionCheck.value(v -> EDGES.fromSenders(v.get(0)), FEATURES))
                .containsExactly(1, 2, 5, 6, 3, 4, 0, 0);
        assertThat(FunctionCheck.value(v -> EDGES.fromReceivers(v.get(0)), FEATURES))
                .containsExactly(3, 4, 3, 4, 1, 2, 0, 0);
        assertThat(FunctionCheck.value(v -> EDGES.sum(EDGES.fromSenders(v.get(0))), FEATURES))
                .containsExactly(3, 4, 6, 8, 0, 0);
        assertThat(FunctionCheck.value(v -> EDGES.mean(EDGES.fromSenders(v.get(0))), FEATURES))
                .containsExactly(3, 4, 3, 4, 0, 0);
    }

    @Test
    void derivatives() {
        FunctionCheck.check(
                v -> EDGES.mean(EDGES.fromSenders(v.get(0)).times(EDGES.fromReceivers(v.get(0)))), FEATURES.type());
    }

    @Test
    void refusesWhatIsNoGraph() {
        assertThatThrownBy(() -> new MessagePassing(nodes(1), nodes(1, 2), 3))
                .hasMessageContaining("i32[1] and i32[2]");
        assertThatThrownBy(() -> EDGES.fromSenders(Value.input("x", TensorType.f32(4))))
                .hasMessage("A graph of 3 nodes needs features [3, …], but got f32[4].");
    }
}
