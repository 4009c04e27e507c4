// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.explain;

import java.util.Arrays;
import java.util.List;

/**
 * Scratch memory over a run.
 *
 * @param bytes of the arena
 * @param lowerBound bytes alive at once at the worst moment, below which no plan gets
 * @param kernels length of the run, in which a loop counts once
 * @param blocks one per value that lives in the arena
 */
public record ArenaMap(long bytes, long lowerBound, int kernels, List<Block> blocks) {
    /** No scratch memory. */
    public static final ArenaMap EMPTY = new ArenaMap(0, 0, 0, List.of());

    public ArenaMap {
        blocks = List.copyOf(blocks);
    }

    /** A map whose lower bound follows from the blocks. */
    public static ArenaMap of(long bytes, int kernels, List<Block> blocks) {
        long[] alive = new long[kernels];
        for (Block block : blocks) {
            for (int kernel = block.first(); kernel <= block.last(); kernel++) {
                alive[kernel] += block.bytes();
            }
        }
        return new ArenaMap(bytes, Arrays.stream(alive).max().orElse(0), kernels, blocks);
    }

    /** The arena over its lower bound; 1 where there is nothing to place. */
    public double ratio() {
        return lowerBound == 0 ? 1 : (double) bytes / lowerBound;
    }

    /**
     * Memory that one value holds for a while.
     *
     * @param value as the last stage (of its loop) numbers it; {@code scratch} where that has no number
     * @param offset bytes from the start of the arena
     * @param bytes that it takes
     * @param first kernel that touches it
     * @param last kernel that touches it
     */
    public record Block(String value, long offset, long bytes, int first, int last) {}
}
