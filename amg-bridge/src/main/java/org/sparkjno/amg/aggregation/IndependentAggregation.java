// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;
import org.sparkjno.amg.parallel.Team;

/**
 * Aggregation around roots that are at least three strong couplings apart (a maximal independent set of the squared
 * graph), each with its neighbours; then the same among the nodes left over; what is left then follows its strongest
 * neighbour. All decisions of a round are taken at once, so the result is the same for any number of threads.
 *
 * <p>Bell, Dalton and Olson, "Exposing fine-grained parallelism in algebraic multigrid methods", SIAM J. Sci. Comput. 34,
 * 2012, algorithm 5; Kelley and Rajamanickam, "Parallel, portable algorithms for distance-2 maximal independent set and
 * graph coarsening", IPDPS 2022, algorithm 3.
 */
final class IndependentAggregation {
    /** Far more rounds than are ever needed: each decides a fixed part of the open nodes on average. */
    private static final int MOST_ROUNDS = 1000;

    /** A root among left-over nodes that has fewer neighbours there founds no aggregate. */
    private static final int LEAST_LEFT_OVER = 3;

    private IndependentAggregation() {}

    static Aggregates of(NodeCouplings couplings, Team team) {
        int[] owner = new int[couplings.nodes()];
        Arrays.fill(owner, Aggregates.ISOLATED);
        int count = claim(couplings, owner, 0, 0, team);
        count = claim(couplings, owner, count, LEAST_LEFT_OVER, team);
        for (int distance = 0; distance < 2; distance++) {
            int[] known = owner.clone();
            follow(couplings, known, owner, team);
        }
        return new Aggregates(owner, count);
    }

    /**
     * Gives new roots among the free nodes their free neighbours.
     *
     * @param least a root with fewer free neighbours founds no aggregate
     * @return number of aggregates then
     */
    private static int claim(NodeCouplings couplings, int[] owner, int count, int least, Team team) {
        long[] ticket = roots(couplings, owner, team);
        int[] known = new int[owner.length];
        Arrays.fill(known, Aggregates.ISOLATED);
        int next = count;
        for (int i = 0; i < owner.length; i++) {
            if (Ticket.isRoot(ticket[i]) && freeNeighbours(couplings, owner, i) >= least) {
                known[i] = next++;
            }
        }
        follow(couplings, known, owner, team);
        return next;
    }

    private static int freeNeighbours(NodeCouplings couplings, int[] owner, int i) {
        int free = 0;
        for (int k = couplings.graph().rowStart()[i]; k < couplings.graph().rowStart()[i + 1]; k++) {
            free += couplings.strong()[k] && owner[couplings.graph().columns()[k]] == Aggregates.ISOLATED ? 1 : 0;
        }
        return free;
    }

    /** Nodes without owner take the known one of their own, or that of their strongest neighbour. */
    private static void follow(NodeCouplings couplings, int[] known, int[] owner, Team team) {
        team.forRows(owner.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (owner[i] == Aggregates.ISOLATED) {
                    owner[i] = known[i] == Aggregates.ISOLATED ? couplings.strongestOwner(i, known, false) : known[i];
                }
            }
        });
    }

    /**
     * Tickets in which the roots are marked: among the free nodes none are within two strong couplings of each other, and
     * every coupled one is within two of a root, by ways over free nodes.
     *
     * @param owner {@link Aggregates#ISOLATED} for the free nodes
     */
    static long[] roots(NodeCouplings couplings, int[] owner, Team team) {
        int n = couplings.nodes();
        long[] ticket = new long[n];
        team.forRows(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                boolean takesPart = owner[i] == Aggregates.ISOLATED && !isIsolated(couplings, i);
                ticket[i] = takesPart ? Ticket.undecided(i) : Ticket.OUT;
            }
        });
        long[] around = new long[n];
        int[] open = undecided(ticket, null);
        int[] live = open;
        for (int round = 0; open.length > 0; round++) {
            if (round == MOST_ROUNDS) {
                throw new IllegalStateException("Aggregation did not end in " + MOST_ROUNDS + " rounds.");
            }
            int[] rows = live;
            int[] deciding = open;
            team.forRows(rows.length, (from, to) -> largestAround(couplings, ticket, around, rows, from, to));
            team.forRows(deciding.length, (from, to) -> decide(couplings, around, ticket, deciding, from, to));
            open = undecided(ticket, open);
            // What has seen a root, or no open node, will see the same from now on.
            live = undecided(around, live);
        }
        return ticket;
    }

    /** Which of some nodes (null: of all) hold an undecided ticket. */
    private static int[] undecided(long[] ticket, int[] among) {
        int size = among == null ? ticket.length : among.length;
        int[] result = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int i = among == null ? k : among[k];
            if (Ticket.isUndecided(ticket[i])) {
                result[count++] = i;
            }
        }
        return Arrays.copyOf(result, count);
    }

    private static boolean isIsolated(NodeCouplings couplings, int i) {
        for (int k = couplings.graph().rowStart()[i]; k < couplings.graph().rowStart()[i + 1]; k++) {
            if (couplings.strong()[k]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first half of a round: the largest ticket among each node and its strong neighbours. Where rows are distributed,
     * tickets of neighbours on other tasks are exchanged before, and the results before the second half.
     *
     * @param ticket of all columns
     * @param around set for {@code rows[from … to - 1]}
     */
    static void largestAround(NodeCouplings couplings, long[] ticket, long[] around, int[] rows, int from, int to) {
        for (int r = from; r < to; r++) {
            around[rows[r]] = largest(couplings, ticket, rows[r]);
        }
    }

    /**
     * The second half: a node that holds the largest ticket within two couplings becomes a root, one that sees a root is
     * out, the others stay undecided.
     *
     * @param around of all columns
     * @param ticket changed for {@code rows[from … to - 1]}
     */
    static void decide(NodeCouplings couplings, long[] around, long[] ticket, int[] rows, int from, int to) {
        for (int r = from; r < to; r++) {
            int i = rows[r];
            long largest = largest(couplings, around, i);
            if (largest == ticket[i]) {
                ticket[i] = Ticket.root(largest);
            } else if (Ticket.isRoot(largest)) {
                ticket[i] = Ticket.OUT;
            }
        }
    }

    private static long largest(NodeCouplings couplings, long[] in, int i) {
        int[] columns = couplings.graph().columns();
        boolean[] strong = couplings.strong();
        long largest = in[i];
        for (int k = couplings.graph().rowStart()[i]; k < couplings.graph().rowStart()[i + 1]; k++) {
            if (strong[k] && in[columns[k]] > largest) {
                largest = in[columns[k]];
            }
        }
        return largest;
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
