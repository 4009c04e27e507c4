// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkjno.datasets.mesh.PointPredicate;

/** A directed piece of a plane boundary; the region lies to its left, so the outward normal points to its right. */
sealed interface Curve extends Patch permits Segment, Arc {
    /** Pieces shorter than this part of a curve are rounding errors. */
    double SLIVER = 1e-9;

    /** The point at a parameter of [0, 1], which grows with the length. */
    double[] at(double parameter);

    /** The parameter of the nearest point if that is no further than a tolerance. */
    Optional<Double> parameter(double[] point, double tolerance);

    /** Distance of a point to the nearest point of the curve. */
    double distance(double[] point);

    /** The piece between two parameters. */
    Curve part(double from, double to);

    @Override
    Curve flipped();

    @Override
    Curve tagged(String name);

    @Override
    default double[] extents() {
        return new double[] {measure()};
    }

    /** The pieces between given parameters, in order. */
    default List<Curve> split(List<Double> parameters) {
        List<Curve> pieces = new ArrayList<>();
        double from = 0;
        for (double to : parameters.stream().sorted().toList()) {
            if (to - from > SLIVER && 1 - to > SLIVER) {
                pieces.add(part(from, to));
                from = to;
            }
        }
        pieces.add(part(from, 1));
        return pieces;
    }

    /** The pieces on which a predicate does not change, found by a scan of the curve and bisection. */
    default List<Curve> split(PointPredicate predicate) {
        int scans = 1 << 10;
        List<Double> changes = new ArrayList<>();
        for (int i = 0; i < scans; i++) {
            // Not at the ends, where a neighbour's points are.
            double low = Math.max(i / (double) scans, SLIVER);
            double high = Math.min((i + 1) / (double) scans, 1 - SLIVER);
            boolean before = predicate.test(at(low));
            if (before != predicate.test(at(high))) {
                while (high - low > 1e-13) {
                    double middle = (low + high) / 2;
                    if (predicate.test(at(middle)) == before) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                changes.add(high);
            }
        }
        return split(changes);
    }
}
