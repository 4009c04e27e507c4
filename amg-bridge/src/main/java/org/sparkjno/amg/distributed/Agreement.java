// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
}
