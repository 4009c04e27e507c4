// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.collective.Collective;

/** Errors that all ranks hear of before any of them throws: a rank that threw alone would leave the others waiting. */
final class Agreement {
    private Agreement() {}

    /**
     * Returns if no rank objects; every rank calls it.
     *
     * @param objection what is wrong on this rank; empty if nothing is
     * @throws IllegalArgumentException on all ranks, with the first objection
     */
    static void on(Collective world, String objection) {
        List<byte[]> all = world.allGather(objection.getBytes(StandardCharsets.UTF_8));
        for (int rank = 0; rank < all.size(); rank++) {
            if (all.get(rank).length > 0) {
                throw new IllegalArgumentException(
                        "Rank " + rank + ": " + new String(all.get(rank), StandardCharsets.UTF_8));
            }
        }
    }

    /**
     * What this rank makes of work without communication; every rank calls it.
     *
     * @throws IllegalArgumentException on all ranks if the work of one throws it
     */
    static <T> T of(Collective world, Supplier<T> work) {
        T result = null;
        String objection = "";
        try {
            result = work.get();
        } catch (IllegalArgumentException e) {
            objection = String.valueOf(e.getMessage());
        }
        on(world, objection);
        return result;
    }

    /** Whether all ranks say yes; every rank calls it. */
    static boolean everywhere(Collective world, boolean here) {
        return Sums.of(world, here ? 0 : 1) == 0;
    }
}
