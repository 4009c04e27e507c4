// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import org.sparkjno.amg.parallel.Team;

/** How nodes are brought together in aggregates. */
public enum Aggregation {
    /** Whole neighbourhoods in the order of the nodes: the most regular aggregates, one thread. */
    GREEDY {
        @Override
        Aggregates of(NodeCouplings couplings, Team team) {
            return GreedyAggregation.of(couplings);
        }
    },
    /** Around a maximal independent set of the squared graph: all threads, the same result for any number of them. */
    INDEPENDENT {
        @Override
        Aggregates of(NodeCouplings couplings, Team team) {
            return IndependentAggregation.of(couplings, team);
        }
    };

    abstract Aggregates of(NodeCouplings couplings, Team team);
}
