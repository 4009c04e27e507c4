// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import org.sparkjno.kernels.random.RandomStream;

/** A random order for each epoch: R. Durstenfeld, "Algorithm 235: random permutation", CACM 7, 1964. */
final class Shuffle {
    private final int count;
    private final RandomStream epochs;
    private long epoch = -1;
    private int[] order = {};

    Shuffle(int count, long seed, String name) {
        this.count = count;
        this.epochs = RandomStream.named(seed, "order of " + name);
    }

    int count() {
        return count;
    }

    /** The numbers 0 … count−1 in the order of an epoch; the last one asked for is kept. */
    int[] order(long wanted) {
        if (wanted != epoch) {
            epoch = wanted;
            order = shuffled(new RandomStream(epochs.bits(wanted)));
        }
        return order;
    }

    private int[] shuffled(RandomStream stream) {
        int[] shuffled = new int[count];
        for (int i = 0; i < count; i++) {
            int j = (int) (stream.uniform(i) * (i + 1));
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        return shuffled;
    }
}
