// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Space;

/**
 * Which places along an axis with room for more are taken: one over the number of points where there is a point, 0 where there is
 * none yet. What stands in a vacant place is a copy of the first point, of which no sum or mean takes notice.
 *
 * @param axis of a region whose points become more
 */
record Presence(Axis axis) implements Source {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return "presence along " + axis;
    }

    @Override
    public Space space() {
        return new Space(List.of(axis), Shape.SCALAR);
    }

    /** Its values for so many points in so many places. */
    static double[] values(int count, int places) {
        return IntStream.range(0, places)
                .mapToDouble(i -> i < count ? 1.0 / count : 0)
                .toArray();
    }

    /** Points in so many places. */
    static Points filled(Points points, int places) {
        return points.select(
                IntStream.range(0, places).map(i -> i < points.count() ? i : 0).toArray());
    }
}
