// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.EveryDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.random.Threefry;

class RandomKeyTest {
    private static final long SEED = 0x1234_5678_9abc_def0L;
    private static final int KEY0 = (int) (SEED >> 32);
    private static final int KEY1 = (int) SEED;

    private static double[] drawn(Value value) {
        return Reference.call(Graph.of(List.of(), List.of(value))).get(0).toArray();
    }

    private static long word(int word, long element) {
        return Threefry.bits(KEY0, KEY1, ((long) word << 61) + element) & 0xFFFFFFFFL;
    }

    @Test
    void uniformNumbersAreTheHighBits() {
        double[] single = drawn(RandomKey.of(SEED).uniform(TensorType.f32(2, 50)));
        double[] twice = drawn(RandomKey.of(SEED).uniform(TensorType.f64(100)));
        for (int i = 0; i < 100; i++) {
            assertThat(single[i]).isEqualTo((word(0, i) >>> 8) * 0x1p-24);
            assertThat(twice[i]).isEqualTo(((word(0, i) >>> 5) * 0x1p26 + (word(1, i) >>> 6)) * 0x1p-53);
        }
    }

    @Test
    void everyDeviceDrawsTheSame() {
        RandomKey key = RandomKey.of(7);
        Graph graph = Graph.of(
                List.of(),
                List.of(
                        key.uniform(TensorType.f64(200)),
                        key.uniform(TensorType.f32(200)),
                        key.integers(-5, 100, Shape.of(200)),
                        key.gaussian(TensorType.f64(200)),
                        key.permutation(50)));
        EveryDevice.call(graph);
    }

    /** A part of a tensor, at an offset known before or at run time, is what the whole tensor holds there. */
    @Test
    void partsAreDrawnAlone() {
        RandomKey key = RandomKey.of(SEED);
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            TensorType whole = new TensorType(dtype, Shape.of(20));
            TensorType part = new TensorType(dtype, Shape.of(5));
            double[] expected = drawn(key.gaussian(whole));
            assertThat(drawn(key.at(12).gaussian(part))).containsExactly(Arrays.copyOfRange(expected, 12, 17));
        }
        long far = (1L << 40) + 3;
        Value element = Value.input("element", new TensorType(DType.I32, Shape.of(2)));
        Graph later = Graph.of(List.of(element), List.of(key.at(element).uniform(TensorType.f32(1))));
        double drawn = Reference.call(later, Literal.of(element.type(), (int) (far >> 32), (int) far))
                .get(0)
                .get(0);
        assertThat(drawn)
                .isEqualTo((word(0, far) >>> 8) * 0x1p-24)
                .isEqualTo(drawn(key.at(far).uniform(TensorType.f32(1)))[0]);
    }

    @Test
    void keysOfAKeyDiffer() {
        RandomKey key = RandomKey.of(SEED);
        List<RandomKey> keys = key.split(3);
        TensorType type = TensorType.f64(4);
        double[] second = drawn(keys.get(1).uniform(type));
        assertThat(drawn(key.fold(1).uniform(type))).containsExactly(second);
        assertThat(drawn(keys.get(0).uniform(type))).doesNotContain(second);
        assertThat(drawn(key.fold(-1).uniform(type))).doesNotContain(second);
        assertThat(drawn(key.uniform(type))).doesNotContain(second);
        Value step = Value.input("step", new TensorType(DType.I32, Shape.SCALAR));
        Graph later = Graph.of(List.of(step), List.of(key.fold(step).uniform(type)));
        assertThat(Reference.call(later, Literal.scalar(DType.I32, 1)).get(0).toArray())
                .containsExactly(second);
        int word = Threefry.bits(KEY0, KEY1, (4L << 61) + 1);
        int next = Threefry.bits(KEY0, KEY1, (5L << 61) + 1);
        assertThat(drawn(RandomKey.of((long) word << 32 | next & 0xFFFFFFFFL).uniform(type)))
                .containsExactly(second);
    }

    /** Mean, variance, skewness and kurtosis of 4000 numbers, within four standard errors. */
    @Test
    void momentsAreThoseOfTheDistributions() {
        int n = 4000;
        double[] normal = drawn(RandomKey.of(1).gaussian(TensorType.f64(n)));
        double[] moments = IntStream.rangeClosed(1, 4)
                .mapToDouble(power ->
                        Arrays.stream(normal).map(x -> Math.pow(x, power)).sum() / n)
                .toArray();
        assertThat(moments).containsExactly(new double[] {0, 1, 0, 3}, within(4 * Math.sqrt(96.0 / n)));
        assertThat(moments[0]).isCloseTo(0, within(4 / Math.sqrt(n)));
        double[] uniform = drawn(RandomKey.of(1).uniform(TensorType.f32(n)));
        assertThat(Arrays.stream(uniform).average().orElseThrow()).isCloseTo(0.5, within(4 / Math.sqrt(12.0 * n)));
        int[] counts = new int[6];
        Arrays.stream(drawn(RandomKey.of(1).integers(-3, 3, Shape.of(n)))).forEach(i -> counts[(int) i + 3]++);
        for (int count : counts) {
            assertThat((double) count / n).isCloseTo(1.0 / 6, within(4 * Math.sqrt(5.0 / 36 / n)));
        }
    }

    @Test
    void permutationsHoldEveryNumberOnce() {
        double[] order = drawn(RandomKey.of(3).permutation(40));
        assertThat(order)
                .containsExactlyInAnyOrder(
                        IntStream.range(0, 40).asDoubleStream().toArray());
        assertThat(order).isNotEqualTo(Arrays.stream(order).sorted().toArray());
        assertThat(drawn(RandomKey.of(3).permutation(0))).isEmpty();
    }

    @Test
    void refusesWhatItCannotDraw() {
        RandomKey key = RandomKey.of(0);
        assertThatThrownBy(() -> key.uniform(new TensorType(DType.I32, Shape.of(2))))
                .hasMessage("Random numbers are f32 or f64, but got i32[2]; cast them.");
        assertThatThrownBy(() -> key.integers(3, 3, Shape.SCALAR)).hasMessage("There is no integer from 3 to below 3.");
        assertThatThrownBy(() -> key.at(-1)).hasMessageContaining("from 0 to 2^61, not at -1");
        assertThatThrownBy(() -> RandomKey.of(Value.input("k", TensorType.f32(2))))
                .hasMessage("A random key is an i32[2], but got f32[2].");
        assertThatThrownBy(() -> key.fold(Value.input("i", TensorType.f32())))
                .hasMessage("A random key is folded with an i32 scalar, but got f32[].");
    }
}
