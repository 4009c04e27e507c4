// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class BlocksTest {
    private static final Literal X =
            FunctionCheck.random(1, TensorType.f64(2, 4, 6, 3)).get(0);

    private static double x(int sample, int row, int column, int channel) {
        return X.get(((sample * 4 + row) * 6 + column) * 3 + channel);
    }

    @Test
    void patchesAreBlocksOfNeighbours() {
        Blocks blocks = Blocks.of(2, 3);
        double[] patches = FunctionCheck.value(v -> blocks.patches(v.get(0)), X);
        int at = 0;
        for (int block = 0; block < 2 * 2 * 2; block++) {
            for (int point = 0; point < 2 * 3; point++) {
                for (int channel = 0; channel < 3; channel++) {
                    int row = block / 2 % 2 * 2 + point / 3;
                    int column = block % 2 * 3 + point % 3;
                    assertThat(patches[at++]).isEqualTo(x(block / 4, row, column, channel));
                }
            }
        }
        assertThat(FunctionCheck.value(v -> blocks.windows(v.get(0)), X)).containsExactly(patches);
    }

    @Test
    void cuttingIsUndone() {
        for (Blocks blocks : new Blocks[] {Blocks.of(2, 3), Blocks.of(4, 1), Blocks.of(1, 1), Blocks.of(4, 6)}) {
            assertThat(FunctionCheck.value(v -> blocks.field(blocks.patches(v.get(0))), X))
                    .containsExactly(X.toArray());
            assertThat(FunctionCheck.value(v -> blocks.grid(blocks.windows(v.get(0)), 4, 6), X))
                    .containsExactly(X.toArray());
        }
    }

    @Test
    void derivatives() {
        FunctionCheck.check(v -> Blocks.of(2).patches(v.get(0)).square(), TensorType.f64(1, 4, 2));
    }

    @Test
    void refusesBrokenBlocks() {
        Value x = Value.input("x", TensorType.f32(1, 5, 6, 3));
        assertThatThrownBy(() -> Blocks.of(2, 0)).hasMessageContaining("at least one point");
        assertThatThrownBy(() -> Blocks.of(2, 3).patches(x))
                .hasMessageContaining("a grid of whole blocks, but got one of [5, 6] points");
        assertThatThrownBy(() -> Blocks.of(5, 2).field(x)).hasMessageContaining("10·channels");
        assertThatThrownBy(() -> Blocks.of(5, 2).grid(x, 5, 6)).hasMessageContaining("[batch·blocks, 10, channels]");
    }
}
