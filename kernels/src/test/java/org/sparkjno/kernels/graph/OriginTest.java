// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values remember the line of user code that built them, whatever the library does in between. */
class OriginTest {
    @Test
    void pointsAtTheCallerOfTheLibrary() {
        Value x = Value.input("x", TensorType.f32(2));

        assertThat(x.origin().getClassName()).isEqualTo(OriginTest.class.getName());
        assertThat(x.origin().getMethodName()).isEqualTo("pointsAtTheCallerOfTheLibrary");
    }

    @Test
    void looksThroughStreamsInsideTheLibrary() {
        Value x = Value.input("x", TensorType.f32(2));
        Graph twice = Graph.of(List.of(x), List.of(x.plus(x)));

        Value inlined = twice.rewrite((value, operands) -> Value.of(value.op(), operands))
                .outputs()
                .get(0);

        assertThat(List.of(x).stream().map(Value::exp).toList().get(0).origin()).isNotNull();
        assertThat(inlined.origin().getMethodName()).contains("looksThroughStreamsInsideTheLibrary");
    }
}
