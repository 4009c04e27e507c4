// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.util.List;
import java.util.stream.IntStream;

/** A collective call or the meeting of the ranks failed; names the ranks to look at and the phase. */
public final class CollectiveException extends RuntimeException {
    private final int[] ranks;
    private final Phase phase;

    /** What the world was doing. */
    public enum Phase {
        /** Binding a port. */
        LISTEN,
        /** Connecting and greeting the neighbours. */
        CONNECT,
        /** {@link Collective#allReduce}. */
        ALL_REDUCE,
        /** {@link Collective#reduceScatter}. */
        REDUCE_SCATTER,
        /** {@link Collective#allGather}. */
        ALL_GATHER,
        /** {@link Collective#exchange}. */
        EXCHANGE,
        /** {@link Collective#broadcast}. */
        BROADCAST,
        /** {@link Collective#barrier}. */
        BARRIER
    }

    CollectiveException(Phase phase, List<Integer> ranks, String message) {
        this(phase, ranks, message, null);
    }

    CollectiveException(Phase phase, List<Integer> ranks, String message, Throwable cause) {
        super(message, cause);
        this.phase = phase;
        this.ranks = ranks.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The ranks that failed or were missing, as far as known; this rank itself where it was interrupted or closed. */
    public List<Integer> ranks() {
        return IntStream.of(ranks).boxed().toList();
    }

    /** What the world was doing. */
    public Phase phase() {
        return phase;
    }
}
