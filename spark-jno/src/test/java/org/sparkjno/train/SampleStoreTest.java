// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.Shape;

class SampleStoreTest {
    private static final Shape ONE = Shape.of(1);

    private static SampleStore store(TrainingPair... pairs) {
        return SampleStore.of(ONE, ONE, List.of(pairs).iterator());
    }

    private static TrainingPair pair(long index, float x, float y) {
        return new TrainingPair(index, new float[] {x}, new float[] {y});
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        SampleStore store = store(pair(7, 1, 1), pair(3, 2, 2));
        assertThat(store.get(0).index()).isEqualTo(3);
        assertThat(store.get(1).index()).isEqualTo(7);
    }

    @Test
    void badSamplesAreNamed() {
        assertThatThrownBy(() -> store(pair(4, 1, Float.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target of sample 4 is NaN at position 0");
        assertThatThrownBy(() -> store(new TrainingPair(2, new float[2], new float[1])))
                .hasMessageContaining("input of sample 2 has 2 values");
        assertThatThrownBy(() -> store(pair(4, 1, 1), pair(4, 2, 2))).hasMessageContaining("index 4");
    }

    @Test
    void eachSampleBelongsToOneRank() {
        VirtualShards shards = new VirtualShards(8);
        int[] counts = new int[3];
        IntStream.range(0, 80).forEach(sample -> counts[shards.rank(sample, 3)]++);
        assertThat(counts).containsExactly(30, 30, 20);
        assertThatThrownBy(() -> shards.rank(0, 9)).hasMessageContaining("9 replicas cannot share 8 shards");
    }

    @Test
    void anEpochIsAPermutationThatKeepsItsOrderInEveryWorld() {
        SampleStore all = Tiny.samples(0, 50, 0, 1);
        int[] order = VirtualShards.order(all, 1, 0);
        Set<Integer> seen = new HashSet<>(Arrays.stream(order).boxed().toList());
        assertThat(seen).hasSize(50);
        assertThat(order).isNotEqualTo(VirtualShards.order(all, 1, 1)).isNotEqualTo(VirtualShards.order(all, 2, 0));

        SampleStore half = Tiny.samples(0, 50, 1, 2);
        List<Long> indices = Arrays.stream(VirtualShards.order(half, 1, 0))
                .mapToObj(row -> half.get(row).index())
                .toList();
        assertThat(Arrays.stream(order).mapToObj(row -> all.get(row).index()).filter(indices::contains))
                .containsExactlyElementsOf(indices);
    }
}
