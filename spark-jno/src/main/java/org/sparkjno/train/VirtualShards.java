// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.sparkjno.kernels.random.RandomStream;

/**
 * Which samples each replica trains on, and in which order. Samples fall into more shards than there are replicas, and the
 * shards are dealt to the replicas that there are; so a smaller or larger world only deals anew. Nothing depends on who
 * computes it or how often the run was interrupted.
 *
 * @param count number of shards
 */
public record VirtualShards(int count) {
    /** Enough for every world that is likely, few enough that they hold equally many samples. */
    public static final VirtualShards DEFAULT = new VirtualShards(256);

    public VirtualShards {
        if (count < 1) {
            throw new IllegalArgumentException("At least one shard is needed, but got " + count + ".");
        }
    }

    /** The shard of a sample. */
    public int shard(long sample) {
        return (int) Math.floorMod(sample, (long) count);
    }

    /** The replica, of so many, that holds a sample. */
    public int rank(long sample, int world) {
        if (world > count) {
            throw new IllegalArgumentException(
                    world + " replicas cannot share " + count + " shards; use more shards or fewer replicas.");
        }
        return shard(sample) % world;
    }

    /**
     * The order of the samples of one replica in one epoch: positions in the store, sorted by a hash of seed, epoch and index.
     * A sample thus keeps its place relative to every other one that it may meet, in whatever world.
     */
    static int[] order(SampleStore store, long seed, int epoch) {
        record Place(int row, long key, long index) {}
        return IntStream.range(0, store.size())
                .mapToObj(row -> {
                    long index = store.get(row).index();
                    return new Place(row, RandomStream.hash(seed, epoch, index), index);
                })
                .sorted(Comparator.comparingLong(Place::key).thenComparingLong(Place::index))
                .mapToInt(Place::row)
                .toArray();
    }
}
