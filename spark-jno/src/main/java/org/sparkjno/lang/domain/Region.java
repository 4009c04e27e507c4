// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sparkjno.datasets.mesh.PointPredicate;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.expression.Term;

/**
 * A set of points with named coordinates, which is one axis of expressions.
 *
 * @param axis the axis
 * @param coordinates their names, such as x, y, t
 * @param cloud where the points come from
 */
public record Region(Axis axis, List<String> coordinates, Cloud cloud) implements Serializable {
    public Region {
        coordinates = List.copyOf(coordinates);
        if (coordinates.size() != cloud.dimensions()) {
            throw new ExpressionException("The points of " + axis + " have " + cloud.dimensions() + " coordinates, but "
                    + coordinates + " names " + coordinates.size() + ".");
        }
    }

    /** A coordinate by its name. */
    public Expression get(String name) {
        return Expression.variable(new PointSource.Coordinate(this, index(name)));
    }

    /** The component of the outward unit normal along a coordinate. */
    public Expression normal(String name) {
        return Expression.variable(new PointSource.Normal(this, index(name)));
    }

    /** The measure that each point stands for: {@code f.times(weight).sum()} is an integral of f over the region. */
    public Expression weight() {
        return Expression.variable(new PointSource.Weight(this));
    }

    /** The integral over this region of what has values there. */
    public Expression integral(Expression integrand) {
        return integrand.times(weight()).sum(weight());
    }

    /**
     * The points of this region that have a property, as a region of its own.
     *
     * @param name of the part, unique in a problem
     * @param property of a point, time included
     */
    public Region where(String name, PointPredicate property) {
        return new Region(
                new Axis(axis.kind(), axis.name() + " " + name), coordinates, new ChosenPoints(cloud, property));
    }

    /** A random number at each point, a new one in each step and zero outside of training. */
    public Expression noise(Noise distribution, String name) {
        return Expression.of(new Term.Random(distribution, List.of(axis), 0, axis.name() + " " + name));
    }

    /**
     * The restriction of an expression to this region: with coordinates of other regions and of families replaced by those of the
     * same names of this one.
     */
    public Expression restrict(Expression expression) {
        return expression.substitute(variable -> {
            String name = variable.name().orElseThrow();
            return isOfPoints(variable) && coordinates.contains(name) ? get(name) : variable;
        });
    }

    private static boolean isOfPoints(Expression variable) {
        boolean ofFamily = variable.term() instanceof Term.Variable one
                && one.source() instanceof FieldSource field
                && field.isCoordinate();
        return ofFamily || PointSource.of(variable).isPresent();
    }

    private int index(String name) {
        int index = coordinates.indexOf(name);
        if (index < 0) {
            throw new ExpressionException(
                    "The region " + axis + " has the coordinates " + coordinates + ", but no '" + name + "'.");
        }
        return index;
    }

    /** The regular grid its points lie on, if they do. */
    public Optional<RegularGrid> grid() {
        return cloud.grid();
    }

    @Override
    public String toString() {
        return axis.name();
    }
}
