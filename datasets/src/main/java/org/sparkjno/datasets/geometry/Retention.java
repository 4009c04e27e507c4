// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.io.Serializable;
import java.util.Arrays;
import org.sparkjno.datasets.mesh.PointPredicate;

/** Which points of a patch remain. It does not depend on the sign of the normal. */
sealed interface Retention extends Serializable {
    /**
     * Whether a point remains.
     *
     * @param row its coordinates, then its unit normal
     */
    boolean keeps(double[] row);

    /** What both keep. */
    default Retention and(Retention other) {
        return new Both(this, other);
    }

    /** What two retentions keep. */
    record Both(Retention first, Retention second) implements Retention {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean keeps(double[] row) {
            return first.keeps(row) && second.keeps(row);
        }
    }

    /** Points with a property, or without it. */
    record Where(PointPredicate predicate, boolean wanted) implements Retention {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean keeps(double[] row) {
            return predicate.test(Arrays.copyOf(row, row.length / 2)) == wanted;
        }
    }

    /**
     * Points where a patch separates the inside of a combination from its outside.
     *
     * @param reach how far one looks to either side
     */
    record Separating(Operation operation, Geometry first, Geometry second, double reach) implements Retention {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean keeps(double[] row) {
            return inside(nudged(row, -reach)) != inside(nudged(row, reach));
        }

        private boolean inside(double[] point) {
            return operation.distance(first.distanceBound(point), second.distanceBound(point)) <= 0;
        }
    }

    /** Points that do not lie on the boundary of a region. */
    record Apart(Geometry region, double reach) implements Retention {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean keeps(double[] row) {
            return region.contains(nudged(row, -reach)) == region.contains(nudged(row, reach));
        }
    }

    private static double[] nudged(double[] row, double reach) {
        double[] point = new double[row.length / 2];
        for (int axis = 0; axis < point.length; axis++) {
            point[axis] = row[axis] + reach * row[point.length + axis];
        }
        return point;
    }
}
