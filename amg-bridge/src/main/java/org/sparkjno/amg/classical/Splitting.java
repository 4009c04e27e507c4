// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.sparkjno.amg.classical.PointType.FINE;
import static org.sparkjno.amg.classical.PointType.ISOLATED;
import static org.sparkjno.amg.classical.PointType.UNDECIDED;

import org.sparkjno.amg.classical.IndependentSet.Boundary;
import org.sparkjno.amg.parallel.Team;

/** How points are split into coarse and fine ones. */
public enum Splitting {
    /**
     * Parallel modified independent sets: sparse coarse levels, found in parallel.
     *
     * <p>De Sterck, Yang and Heys 2006.
     */
    PMIS {
        @Override
        void prepare(Couplings dependences, Couplings influences, byte[] types, int own) {
            // PMIS starts from nothing.
        }
    },

    /**
     * The first pass of Ruge and Stüben, completed by PMIS: follows grids better, but the pass is sequential.
     *
     * <p>De Sterck, Yang and Heys 2006.
     */
    HMIS {
        @Override
        void prepare(Couplings dependences, Couplings influences, byte[] types, int own) {
            FirstPass.run(dependences, influences, types, own);
        }
    };

    /**
     * Decides some of the points before PMIS decides the rest.
     *
     * @param own so many of the points, the first ones, are to be decided; the others count as they are
     */
    abstract void prepare(Couplings dependences, Couplings influences, byte[] types, int own);

    /** What is known of a point before any splitting. */
    static byte typeBefore(Couplings dependences, Couplings influences, int i) {
        if (dependences.degree(i) == 0) {
            return ISOLATED;
        }
        // As a coarse point it would serve nobody but itself.
        return influences.degree(i) == 0 ? FINE : UNDECIDED;
    }

    /** The {@link PointType} of every point; none is undecided. */
    byte[] split(Couplings dependences, Couplings influences, Team team) {
        int n = dependences.rows();
        byte[] types = new byte[n];
        long[] weights = new long[n];
        team.forRows(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                weights[i] = IndependentSet.weight(i, influences.degree(i));
                types[i] = typeBefore(dependences, influences, i);
            }
        });
        prepare(dependences, influences, types, n);
        IndependentSet.complete(dependences, influences, weights, types, Boundary.none(), team);
        return types;
    }

    /**
     * A splitting for aggressive coarsening: those coarse points are split again by their couplings over at most two
     * steps, and only the coarse ones of the second splitting remain.
     *
     * <p>Stüben, "Algebraic multigrid: an introduction with applications", 1999, section 7.1; Yang, "On long-range
     * interpolation operators for aggressive coarsening", Numer. Linear Algebra Appl. 17, 2010.
     *
     */
    byte[] splitAggressively(Couplings dependences, Couplings influences, Team team) {
        byte[] types = split(dependences, influences, team);
        CoarsePoints first = CoarsePoints.of(types);
        Couplings distant = DistantCouplings.between(first, dependences, 1, team);
        byte[] second = split(distant, distant.reversed(first.count()), team);
        for (int i = 0; i < types.length; i++) {
            if (types[i] == PointType.COARSE) {
                // Coarse points that no other one is near to must stay, or nothing represents their neighbourhood.
                types[i] = second[first.index()[i]] == FINE ? FINE : PointType.COARSE;
            }
        }
        return types;
    }
}
