// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.EveryDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class ThreefryTest {
    private static final Value STATE = Value.input("state", new TensorType(DType.I32, Shape.of(4)));

    /** Key and counter as the graph takes them. */
    private static Literal state(int key0, int key1, long counter) {
        return Literal.of(STATE.type(), key0, key1, (int) (counter >> 32), (int) counter);
    }

    /** The known answers for threefry2x32 with 20 rounds that come with the paper's library, Random123. */
    @Test
    void givesTheKnownAnswers() {
        assertThat(Threefry.block(0, 0, 0)).isEqualTo(0x6b200159_99ba4efeL);
        assertThat(Threefry.block(-1, -1, -1)).isEqualTo(0x1cb996fc_bb002be7L);
        assertThat(Threefry.block(0x13198a2e, 0x03707344, 0x243f6a88_85a308d3L)).isEqualTo(0xc4923a9c_483df7a0L);
    }

    /** What {@code jax.random.bits} 0.10 gives for the keys (0, 42) and (0x13198a2e, 0x03707344) when partitionable. */
    @Test
    void givesTheBitsOfJax() {
        int[] answer = {0x7d1c13a2, 0xae0730d9, 0x9dc3f9f9, 0x8f9ec1d7, 0x735d7315, 0x95fb4ed8};
        int[] other = {0x90101073, 0xcbf4aa01, 0x70c84c97, 0x7bb09a04, 0x11d89714};

        assertThat(LongStream.range(0, 6).mapToInt(i -> Threefry.bits(0, 42, i)))
                .containsExactly(Arrays.stream(answer).boxed().toArray(Integer[]::new));
        assertThat(LongStream.range(0, 5).mapToInt(i -> Threefry.bits(0x13198a2e, 0x03707344, i)))
                .containsExactly(Arrays.stream(other).boxed().toArray(Integer[]::new));
    }

    /** Counters are 64 bits wide: they carry into the high word, and wrap at the very end. */
    @Test
    void everyDeviceDrawsTheSameBits() {
        Graph graph = Graph.of(
                List.of(STATE),
                List.of(Value.randomBits(STATE, Shape.of(3, 37)), Value.randomBits(STATE, Shape.of(0))));
        for (long counter : new long[] {0, 0xFFFFFFF0L, -8}) {
            Literal bits = EveryDevice.call(graph, state(7, -9, counter)).get(0);
            assertThat(bits.type()).isEqualTo(new TensorType(DType.I32, Shape.of(3, 37)));
            for (int i = 0; i < bits.size(); i++) {
                assertThat(bits.get(i)).isEqualTo((double) Threefry.bits(7, -9, counter + i));
            }
        }
    }

    @Test
    void aPartIsTheSameStreamFromAnotherCounter() {
        Graph all = Graph.of(List.of(STATE), List.of(Value.randomBits(STATE, Shape.of(100))));
        Graph part = Graph.of(List.of(STATE), List.of(Value.randomBits(STATE, Shape.of(40))));

        double[] whole = EveryDevice.call(all, state(1, 2, 5)).get(0).toArray();
        double[] last = EveryDevice.call(part, state(1, 2, 65)).get(0).toArray();

        assertThat(last).containsExactly(Arrays.copyOfRange(whole, 60, 100));
    }

    @Test
    void noDerivativeSeesThem() {
        Value x = Value.input("x", TensorType.f64(4));
        Value noise = Value.randomBits(STATE, Shape.of(4)).cast(DType.F64);
        Value gradient = Derivatives.gradient(x.times(noise).sum(), x).get(0);

        Graph graph = Graph.of(List.of(x, STATE), List.of(gradient.minus(noise)));

        Literal state = state(3, 4, 0);
        assertThat(EveryDevice.call(graph, Literal.of(x.type(), 1, 2, 3, 4), state)
                        .get(0)
                        .toArray())
                .containsOnly(0);
    }
}
