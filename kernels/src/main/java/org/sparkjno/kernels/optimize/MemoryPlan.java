// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Value;

/**
 * Places values in one arena so that values alive at the same time never overlap. Larger values are placed first, each
 * at the lowest free offset: a greedy strip packing, see Y. Pisarchyk and J. Lee, "Efficient Memory Management for Deep
 * Neural Net Inference", 2020, algorithm "greedy by size".
 */
final class MemoryPlan {
    private static final long ALIGNMENT = 64;
    /**
     * Large values are not placed a multiple of a page apart: a load whose address agrees with that of a recent store in
     * its last twelve bits waits for the store.
     */
    private static final long PAGE = 4096;

    private static final long STAGGER = 5 * ALIGNMENT;

    /** A value with the first and last kernel that touch it. */
    private record Lifetime(Value value, long bytes, int first, int last) {
        boolean overlaps(Lifetime other) {
            return first <= other.last && other.first <= last;
        }
    }

    private record Placed(Lifetime lifetime, long offset) {}

    private final Map<Value, Long> offsets = new IdentityHashMap<>();
    private final List<Placement> placements = new ArrayList<>();
    private long arenaBytes;
    private final long lowerBound;

    /**
     * Plans an arena.
     *
     * @param touched per kernel, in order of execution, the values it reads or writes that need arena memory
     */
    MemoryPlan(List<List<Value>> touched) {
        Map<Value, int[]> spans = new IdentityHashMap<>();
        List<Value> values = new ArrayList<>();
        for (int kernel = 0; kernel < touched.size(); kernel++) {
            for (Value value : touched.get(kernel)) {
                int[] span = spans.get(value);
                if (span == null) {
                    spans.put(value, new int[] {kernel, kernel});
                    values.add(value);
                } else {
                    span[1] = kernel;
                }
            }
        }
        List<Lifetime> lifetimes = new ArrayList<>();
        for (Value value : values) {
            int[] span = spans.get(value);
            lifetimes.add(new Lifetime(value, align(value.type().bytes()), span[0], span[1]));
        }
        lowerBound = peak(lifetimes, touched.size());
        place(lifetimes);
    }

    /** Byte offset of a value in the arena. */
    long offset(Value value) {
        return offsets.get(value);
    }

    /** Where and when each value lies in the arena. */
    List<Placement> placements() {
        return placements;
    }

    /** Bytes of the arena. */
    long arenaBytes() {
        return arenaBytes;
    }

    /** Bytes alive at once at the worst moment: no plan is smaller. */
    long lowerBound() {
        return lowerBound;
    }

    private static long align(long bytes) {
        long padded = bytes >= PAGE ? bytes + STAGGER : bytes;
        return (padded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static long peak(List<Lifetime> lifetimes, int kernels) {
        long[] alive = new long[kernels];
        for (Lifetime lifetime : lifetimes) {
            for (int kernel = lifetime.first(); kernel <= lifetime.last(); kernel++) {
                alive[kernel] += lifetime.bytes();
            }
        }
        long peak = 0;
        for (long bytes : alive) {
            peak = Math.max(peak, bytes);
        }
        return peak;
    }

    private void place(List<Lifetime> lifetimes) {
        List<Lifetime> largestFirst = new ArrayList<>(lifetimes);
        largestFirst.sort(Comparator.comparingLong(Lifetime::bytes).reversed());
        List<Placed> lowestFirst = new ArrayList<>();
        for (Lifetime lifetime : largestFirst) {
            long offset = offset(lifetime, lowestFirst);
            int below = 0;
            while (below < lowestFirst.size() && lowestFirst.get(below).offset() <= offset) {
                below++;
            }
            lowestFirst.add(below, new Placed(lifetime, offset));
            offsets.put(lifetime.value(), offset);
            placements.add(
                    new Placement(lifetime.value(), offset, lifetime.bytes(), lifetime.first(), lifetime.last()));
            arenaBytes = Math.max(arenaBytes, offset + lifetime.bytes());
        }
    }

    /** The lowest offset at which a value finds room between those that are alive with it. */
    private static long offset(Lifetime lifetime, List<Placed> lowestFirst) {
        long offset = 0;
        for (Placed obstacle : lowestFirst) {
            if (obstacle.offset() >= offset + lifetime.bytes()) {
                break;
            }
            if (obstacle.lifetime().overlaps(lifetime)) {
                offset =
                        Math.max(offset, obstacle.offset() + obstacle.lifetime().bytes());
            }
        }
        return offset;
    }
}
