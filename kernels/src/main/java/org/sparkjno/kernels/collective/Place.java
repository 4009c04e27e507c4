// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

/** A rank in a world, seen as a ring. */
record Place(int rank, int size) {
    Place {
        if (size < 1 || rank < 0 || rank >= size) {
            throw new IllegalArgumentException("Rank " + rank + " is not in a world of " + size + ".");
        }
    }

    /** The rank {@code steps} further round the ring; negative steps go back. */
    int ahead(int steps) {
        return Math.floorMod(rank + steps, size);
    }

    /** @throws IllegalArgumentException if {@code root} is no rank of this world */
    void requireRoot(int root) {
        if (root < 0 || root >= size) {
            throw new IllegalArgumentException(
                    "Broadcast root " + root + " is not a rank: this world has ranks 0 to " + (size - 1) + ".");
        }
    }
}
