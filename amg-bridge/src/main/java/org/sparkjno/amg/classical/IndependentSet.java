// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.sparkjno.amg.classical.PointType.COARSE;
import static org.sparkjno.amg.classical.PointType.FINE;
import static org.sparkjno.amg.classical.PointType.UNDECIDED;

import org.sparkjno.amg.parallel.Team;

/**
 * Parallel modified independent sets (PMIS): in every round the undecided points that outweigh all undecided neighbours
 * become coarse, and those that depend on a coarse one become fine, until all are decided.
 *
 * <p>De Sterck, Yang and Heys, "Reducing complexity in parallel algebraic multigrid preconditioners", SIAM J. Matrix
 * Anal. Appl. 27, 2006, algorithm 1. Weights are hashed from global indices, so the splitting depends neither on the
 * number of threads nor on how rows are dealt to processes.
 */
public final class IndependentSet {
    private static final int HASH_BITS = 40;
    private static final long HASH_MASK = (1L << HASH_BITS) - 1;
    private static final int LARGEST_DEGREE = (1 << (Long.SIZE - 1 - HASH_BITS)) - 1;

    private final Couplings dependences;
    private final Couplings influences;
    private final long[] weights;
    private final byte[] types;
    private final Team team;

    private IndependentSet(Couplings dependences, Couplings influences, long[] weights, byte[] types, Team team) {
        this.dependences = dependences;
        this.influences = influences;
        this.weights = weights;
        this.types = types;
        this.team = team;
    }

    /** What processes that share a graph tell each other between the halves of a round. */
    public interface Boundary {
        /** Overwrites the types of all ghosts with those that their owners hold. */
        void refresh(byte[] types);

        /** Whether the answer is yes on any process. */
        boolean anywhere(boolean here);

        /** The boundary of a process that holds the whole graph. */
        static Boundary none() {
            return new Boundary() {
                @Override
                public void refresh(byte[] types) {
                    // There are no ghosts.
                }

                @Override
                public boolean anywhere(boolean here) {
                    return here;
                }
            };
        }
    }

    /**
     * The weight of a point: first by how many depend on it, ties broken by a hash. No two points have the same weight,
     * which the rounds need to end.
     *
     * @param globalIndex below 2^40
     * @param influence how many points depend strongly on this one
     */
    public static long weight(long globalIndex, int influence) {
        // Every step is a bijection of 40 bits: different indices have different hashes.
        long hash = globalIndex;
        hash = (hash + 0x9E3779B97FL) * 0xBF58476D1DL & HASH_MASK;
        hash ^= hash >>> 19;
        hash = hash * 0x94D049BB13L & HASH_MASK;
        hash ^= hash >>> 23;
        hash = hash * 0xD6E8FEB867L & HASH_MASK;
        hash ^= hash >>> 20;
        return (long) Math.min(influence, LARGEST_DEGREE) << HASH_BITS | hash;
    }

    /**
     * Decides all undecided points of this process.
     *
     * @param dependences S of the rows of this process; columns beyond them are ghosts
     * @param influences Sᵀ of the same rows
     * @param weights of own points and ghosts, all different: see {@link #weight}
     * @param types of own points and ghosts, see {@link PointType}; points that are decided already keep their type
     * @param boundary what is exchanged with other processes, all of which call this together
     * @param team threads that share the rows
     */
    public static void complete(
            Couplings dependences, Couplings influences, long[] weights, byte[] types, Boundary boundary, Team team) {
        IndependentSet set = new IndependentSet(dependences, influences, weights, types, team);
        int[] undecided = new int[dependences.rows()];
        int left = 0;
        for (int i = 0; i < undecided.length; i++) {
            if (types[i] == UNDECIDED) {
                undecided[left++] = i;
            }
        }
        boundary.refresh(types);
        left = set.settle(undecided, left);
        boundary.refresh(types);
        boolean[] peak = new boolean[left];
        while (boundary.anywhere(left > 0)) {
            set.raise(undecided, left, peak);
            boundary.refresh(types);
            left = set.settle(undecided, left);
            boundary.refresh(types);
        }
    }

    /** Makes those undecided points of the first rows fine that depend on a coarse one. */
    static void settle(Couplings dependences, byte[] types) {
        for (int i = 0; i < dependences.rows(); i++) {
            if (types[i] == UNDECIDED && dependsOnCoarse(dependences, types, i)) {
                types[i] = FINE;
            }
        }
    }

    /** Makes those undecided points coarse that outweigh every undecided neighbour. */
    private void raise(int[] undecided, int count, boolean[] peak) {
        team.forRows(count, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = undecided[k];
                peak[k] = outweighs(dependences, i) && outweighs(influences, i);
            }
        });
        for (int k = 0; k < count; k++) {
            if (peak[k]) {
                types[undecided[k]] = COARSE;
            }
        }
    }

    private boolean outweighs(Couplings couplings, int i) {
        long weight = weights[i];
        int end = couplings.start()[i + 1];
        for (int k = couplings.start()[i]; k < end; k++) {
            int j = couplings.columns()[k];
            if (types[j] == UNDECIDED && weights[j] >= weight) {
                return false;
            }
        }
        return true;
    }

    /** Makes those undecided points fine that depend on a coarse one; keeps the others, and returns their number. */
    private int settle(int[] undecided, int count) {
        // Threads read types that others write, but only whether they are COARSE, which does not change here.
        team.forRows(count, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = undecided[k];
                if (types[i] == UNDECIDED && dependsOnCoarse(dependences, types, i)) {
                    types[i] = FINE;
                }
            }
        });
        int left = 0;
        for (int k = 0; k < count; k++) {
            if (types[undecided[k]] == UNDECIDED) {
                undecided[left++] = undecided[k];
            }
        }
        return left;
    }

    private static boolean dependsOnCoarse(Couplings dependences, byte[] types, int i) {
        int end = dependences.start()[i + 1];
        for (int k = dependences.start()[i]; k < end; k++) {
            if (types[dependences.columns()[k]] == COARSE) {
                return true;
            }
        }
        return false;
    }
}
