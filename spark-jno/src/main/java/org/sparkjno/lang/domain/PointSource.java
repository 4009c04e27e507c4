// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.Optional;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Term;

/** What the points of a region give a value to. */
public sealed interface PointSource extends Source {
    /** The region. */
    Region region();

    /** Its values, one per point. */
    double[] values(Points points);

    @Override
    default Space space() {
        return Space.along(region().axis());
    }

    /** The coordinate that an expression is, if it is one. */
    static Optional<Coordinate> of(Expression expression) {
        return expression.term() instanceof Term.Variable variable && variable.source() instanceof Coordinate coordinate
                ? Optional.of(coordinate)
                : Optional.empty();
    }

    /**
     * A coordinate of the points.
     *
     * @param index which, from 0
     */
    record Coordinate(Region region, int index) implements PointSource {
        @Override
        public String name() {
            return region.coordinates().get(index);
        }

        @Override
        public double[] values(Points points) {
            return points.coordinate(index);
        }
    }

    /**
     * A component of the outward unit normal.
     *
     * @param index of the coordinate along which, from 0
     */
    record Normal(Region region, int index) implements PointSource {
        @Override
        public String name() {
            return "n" + region.coordinates().get(index);
        }

        @Override
        public boolean isCoordinate() {
            return false;
        }

        @Override
        public double[] values(Points points) {
            if (!points.hasNormals()) {
                throw new ExpressionException(
                        "The points of " + region + " have no normals; only those of a boundary have.");
            }
            double[] components = new double[points.count()];
            for (int i = 0; i < components.length; i++) {
                components[i] = points.normals()[i * points.dimensions() + index];
            }
            return components;
        }
    }

    /** The measure that each point stands for. */
    record Weight(Region region) implements PointSource {
        @Override
        public String name() {
            return "d(" + region + ")";
        }

        @Override
        public boolean isCoordinate() {
            return false;
        }

        @Override
        public double[] values(Points points) {
            return points.weights();
        }
    }
}
