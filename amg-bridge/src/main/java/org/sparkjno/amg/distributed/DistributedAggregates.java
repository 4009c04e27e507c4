// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Aggregates across the boundaries of ranks: their roots are a maximal set of unknowns at distances above 2 along strong
 * couplings, all others join the nearest root. Which unknowns are roots depends on their global numbers, not on how rows are
 * divided.
 *
 * <p>Bell, Dalton and Olson, "Exposing fine-grained parallelism in algebraic multigrid methods", SIAM J. Sci. Comput. 34,
 * 2012, section 3.1.
 *
 * @param owner global number of the aggregate of each own unknown and then of each ghost; {@link #ISOLATED} for one without
 *     strong couplings
 * @param partition which rank has which aggregates
 */
record DistributedAggregates(long[] owner, RowPartition partition) {
    /** Owner of an unknown that takes no part in the coarse level. */
    static final long ISOLATED = -1;

    /** The highest bits of a rank among candidates: out, undecided, root. */
    private static final long UNDECIDED = 1L << 62;

    private static final long ROOT = 1L << 63;
    private static final long HASH = UNDECIDED - 1;

    static DistributedAggregates of(StrongCouplings strong) {
        return new Search(strong).run();
    }

    private static final class Search {
        private final CsrMatrix a;
        private final boolean[] strong;
        private final Halo halo;
        private final int own;

        Search(StrongCouplings couplings) {
            a = couplings.stacked();
            strong = couplings.strong();
            halo = couplings.halo();
            own = a.rows();
        }

        DistributedAggregates run() {
            long[] state = roots();
            long[] aggregate = new long[own];
            int count = 0;
            for (int i = 0; i < own; i++) {
                aggregate[i] = isRoot(state[i]) ? count++ : ISOLATED;
            }
            RowPartition partition = RowPartition.agree(halo.world(), count);
            long first = partition.start(halo.world().rank());
            for (int i = 0; i < own; i++) {
                aggregate[i] += aggregate[i] == ISOLATED ? 0 : first;
            }
            aggregate = joined(joined(aggregate, state), state);
            return new DistributedAggregates(withGhosts(aggregate), partition);
        }

        private long[] roots() {
            long[] state = new long[own];
            long first = halo.partition().start(halo.world().rank());
            for (int i = 0; i < own; i++) {
                state[i] = coupled(i) ? UNDECIDED | hash(first + i) : 0;
            }
            long undecided = 1;
            while (undecided > 0) {
                long[] near = largestAround(withGhosts(state));
                long[] far = largestAround(withGhosts(near));
                undecided = 0;
                for (int i = 0; i < own; i++) {
                    if ((state[i] & UNDECIDED) != 0) {
                        if (far[i] == state[i]) {
                            state[i] = ROOT | state[i] & HASH;
                        } else if (isRoot(far[i])) {
                            state[i] &= HASH;
                        } else {
                            undecided++;
                        }
                    }
                }
                undecided = Sums.of(halo.world(), undecided);
            }
            return state;
        }

        private boolean coupled(int i) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                if (strong[k]) {
                    return true;
                }
            }
            return false;
        }

        private long[] largestAround(long[] state) {
            long[] largest = Arrays.copyOf(state, own);
            for (int i = 0; i < own; i++) {
                for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                    long other = state[a.columns()[k]];
                    if (strong[k] && Long.compareUnsigned(other, largest[i]) > 0) {
                        largest[i] = other;
                    }
                }
            }
            return largest;
        }

        /** Every unknown without an aggregate joins that of its most strongly coupled neighbour that has one. */
        private long[] joined(long[] aggregate, long[] state) {
            long[] known = withGhosts(aggregate);
            long[] order = withGhosts(state);
            long[] joined = aggregate.clone();
            for (int i = 0; i < own; i++) {
                if (aggregate[i] != ISOLATED) {
                    continue;
                }
                int best = -1;
                for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                    if (strong[k] && known[a.columns()[k]] != ISOLATED && (best < 0 || isCloser(k, best, order))) {
                        best = k;
                    }
                }
                joined[i] = best < 0 ? ISOLATED : known[a.columns()[best]];
            }
            return joined;
        }

        private boolean isCloser(int k, int best, long[] order) {
            double coupling = Math.abs(a.values()[k]);
            double strongest = Math.abs(a.values()[best]);
            return coupling > strongest
                    || coupling == strongest
                            && Long.compareUnsigned(order[a.columns()[k]], order[a.columns()[best]]) > 0;
        }

        private long[] withGhosts(long[] values) {
            long[] all = Arrays.copyOf(values, own + halo.size());
            System.arraycopy(halo.ghosts(values), 0, all, own, halo.size());
            return all;
        }

        private static boolean isRoot(long state) {
            return state < 0;
        }

        /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), without its two highest bits. */
        private static long hash(long number) {
            long z = (number + 1) * 0x9E3779B97F4A7C15L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            return (z ^ z >>> 31) >>> 2;
        }
    }
}
