// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** How fine points are interpolated from coarse ones. */
public enum Interpolation {
    /**
     * Extended+i: from coarse points over one and two strong steps; what PMIS and HMIS need.
     *
     * <p>De Sterck, Falgout, Nolting and Yang 2008.
     */
    EXTENDED {
        @Override
        CsrMatrix of(CsrMatrix a, StrongCouplings couplings, CoarsePoints points, int rowElements, Team team) {
            return neighbouring(a, couplings, points, rowElements, team, true);
        }
    },

    /**
     * Modified classical: from coarse neighbours, with the couplings to fine neighbours passed on to them.
     *
     * <p>De Sterck, Falgout, Nolting and Yang 2008, section 3.
     */
    CLASSICAL {
        @Override
        CsrMatrix of(CsrMatrix a, StrongCouplings couplings, CoarsePoints points, int rowElements, Team team) {
            return neighbouring(a, couplings, points, rowElements, team, false);
        }
    },

    /**
     * Direct: from coarse neighbours alone.
     *
     * <p>Stüben 1999, section 4.2.1.
     */
    DIRECT {
        @Override
        CsrMatrix of(CsrMatrix a, StrongCouplings couplings, CoarsePoints points, int rowElements, Team team) {
            CsrMatrix injection = injection(points);
            return InterpolationRows.assemble(
                    points, rowElements, team, () -> new PassRule(a, couplings.strong(), points, injection));
        }
    },

    /**
     * Multipass: direct from coarse neighbours, then from points so interpolated, and so on; for aggressive coarsening.
     *
     * <p>Stüben 1999, section 7.1.2.
     */
    MULTIPASS {
        @Override
        CsrMatrix of(CsrMatrix a, StrongCouplings couplings, CoarsePoints points, int rowElements, Team team) {
            CsrMatrix reached = injection(points);
            int left = missing(points, reached);
            int before;
            do {
                before = left;
                CsrMatrix previous = reached;
                reached = InterpolationRows.assemble(
                        points, rowElements, team, () -> new PassRule(a, couplings.strong(), points, previous));
                left = missing(points, reached);
            } while (left > 0 && left < before);
            return reached;
        }
    };

    /**
     * P, (fine x coarse).
     *
     * @param rowElements rows keep so many of their largest weights
     */
    abstract CsrMatrix of(CsrMatrix a, StrongCouplings couplings, CoarsePoints points, int rowElements, Team team);

    private static CsrMatrix neighbouring(
            CsrMatrix a, StrongCouplings couplings, CoarsePoints points, int rowElements, Team team, boolean extended) {
        double[] diagonal = a.diagonal();
        CoarseNeighbours coarse = CoarseNeighbours.of(a, diagonal, couplings, points, team);
        return InterpolationRows.assemble(
                points, rowElements, team, () -> new ExtendedRule(a, diagonal, couplings, points, coarse, extended));
    }

    /** Coarse points are copied, all others get nothing. */
    private static CsrMatrix injection(CoarsePoints points) {
        int n = points.types().length;
        int[] start = new int[n + 1];
        for (int i = 0; i < n; i++) {
            start[i + 1] = start[i] + (points.isCoarse(i) ? 1 : 0);
        }
        int[] columns = new int[points.count()];
        double[] ones = new double[points.count()];
        Arrays.setAll(columns, c -> c);
        Arrays.fill(ones, 1);
        return CsrMatrix.of(n, points.count(), start, columns, ones);
    }

    /** How many fine points nothing is interpolated to yet. */
    private static int missing(CoarsePoints points, CsrMatrix interpolation) {
        int missing = 0;
        for (int i = 0; i < interpolation.rows(); i++) {
            if (points.types()[i] == PointType.FINE
                    && interpolation.rowStart()[i] == interpolation.rowStart()[i + 1]) {
                missing++;
            }
        }
        return missing;
    }
}
