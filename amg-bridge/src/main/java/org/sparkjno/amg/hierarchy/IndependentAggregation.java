// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sparkjno.amg.parallel.Team;

/**
 * Aggregation around a maximal set of roots at least three strong couplings apart (a maximal independent set of the
 * squared graph): every node follows the root next to it or, two couplings away, the one that its neighbour follows. All
 * decisions of a round are taken at once, so the result is the same for any number of threads.
 *
 * <p>Bell, Dalton and Olson, "Exposing fine-grained parallelism in algebraic multigrid methods", SIAM J. Sci. Comput. 34,
 * 2012, algorithms 5 and 6.
 */
final class IndependentAggregation {
    /** Rounds halve the undecided nodes at least; far more than ever needed. */
    private static final int MOST_ROUNDS = 200;

    private IndependentAggregation() {}

    static Aggregates of(Couplings couplings, Team team) {
        int n = couplings.nodes();
        long[] ticket = roots(couplings, team);
        int[] near = new int[n];
        Arrays.fill(near, Aggregates.ISOLATED);
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (Ticket.isRoot(ticket[i])) {
                near[i] = count++;
            }
        }
        // Two roots never share a neighbour, so whichever is found is the only one.
        int[] roots = near.clone();
        follow(couplings, roots, near, team);
        int[] owner = near.clone();
        follow(couplings, near, owner, team);
        return new Aggregates(owner, count);
    }

    /** Nodes without owner take that of their strongest neighbour. */
    private static void follow(Couplings couplings, int[] known, int[] owner, Team team) {
        team.forRows(owner.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (known[i] == Aggregates.ISOLATED) {
                    owner[i] = couplings.strongestOwner(i, known, false);
                }
            }
        });
    }

    /** The tickets of all nodes when every one is a root, or within two strong couplings of a root, or isolated. */
    private static long[] roots(Couplings couplings, Team team) {
        int n = couplings.nodes();
        long[] ticket = new long[n];
        team.forRows(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                ticket[i] = isIsolated(couplings, i) ? Ticket.OUT : Ticket.undecided(i);
            }
        });
        long[] once = new long[n];
        long[] twice = new long[n];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            team.forRows(n, (from, to) -> largestAround(couplings, ticket, once, from, to));
            team.forRows(n, (from, to) -> largestAround(couplings, once, twice, from, to));
            AtomicBoolean open = new AtomicBoolean();
            team.forRows(n, (from, to) -> {
                if (decide(ticket, twice, from, to)) {
                    open.set(true);
                }
            });
            if (!open.get()) {
                return ticket;
            }
        }
        throw new IllegalStateException("Aggregation did not end in " + MOST_ROUNDS + " rounds.");
    }

    private static boolean isIsolated(Couplings couplings, int i) {
        for (int k = couplings.graph().rowStart()[i]; k < couplings.graph().rowStart()[i + 1]; k++) {
            if (couplings.strong()[k]) {
                return false;
            }
        }
        return true;
    }

    /**
     * One step of a round: the largest ticket among each node and its strong neighbours. Where rows are distributed, the
     * tickets of neighbours on other tasks are exchanged before each step.
     *
     * @param in tickets of all columns
     * @param out tickets of rows {@code from … to - 1}
     */
    static void largestAround(Couplings couplings, long[] in, long[] out, int from, int to) {
        int[] start = couplings.graph().rowStart();
        int[] columns = couplings.graph().columns();
        boolean[] strong = couplings.strong();
        for (int i = from; i < to; i++) {
            long largest = in[i];
            for (int k = start[i]; k < start[i + 1]; k++) {
                if (strong[k] && in[columns[k]] > largest) {
                    largest = in[columns[k]];
                }
            }
            out[i] = largest;
        }
    }

    /**
     * The end of a round: a node that holds the largest ticket within two couplings becomes a root, one that sees a root
     * is out.
     *
     * @return whether a node is still undecided
     */
    static boolean decide(long[] ticket, long[] largest, int from, int to) {
        boolean open = false;
        for (int i = from; i < to; i++) {
            if (Ticket.isUndecided(ticket[i])) {
                if (largest[i] == ticket[i]) {
                    ticket[i] = Ticket.root(ticket[i]);
                } else if (Ticket.isRoot(largest[i])) {
                    ticket[i] = Ticket.OUT;
                } else {
                    open = true;
                }
            }
        }
        return open;
    }

    /**
     * What a node shows to others in one number, so that the larger ticket wins: whether it is a root, a hash of its name
     * that spreads the roots, and the name itself, which settles ties.
     */
    static final class Ticket {
        /** Neither root nor to become one. */
        static final long OUT = 0;

        private static final long ROOT = 1L << 62;
        private static final long UNDECIDED = 1L << 61;
        private static final int NAME_BITS = 40;

        private Ticket() {}

        /**
         * The ticket of a node that may become a root.
         *
         * @param name of the node, the same whatever the distribution of rows, below 2^40
         */
        static long undecided(long name) {
            long hash = name * 0x9E3779B97F4A7C15L;
            hash = (hash ^ (hash >>> 31)) * 0xBF58476D1CE4E5B9L;
            return UNDECIDED | (hash >>> 43) << NAME_BITS | name;
        }

        static long root(long ticket) {
            return ticket ^ (ROOT | UNDECIDED);
        }

        static boolean isRoot(long ticket) {
            return (ticket & ROOT) != 0;
        }

        static boolean isUndecided(long ticket) {
            return (ticket & UNDECIDED) != 0;
        }
    }
}
