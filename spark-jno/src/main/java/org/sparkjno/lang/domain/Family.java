// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;

/**
 * Several geometries as the samples of one problem. The points of all lie along one axis; a geometry with fewer than others has
 * its first point repeated with the weight zero, so take {@link #mean} or {@link #integral} of what must not see the repetitions.
 * Coordinates differ from sample to sample; expressions are differentiated by them automatically.
 */
public final class Family implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String PLACE = "place";

    private final List<String> coordinates;
    private final List<Points> members;
    private final Samples samples;
    private final Region region;

    private Family(List<String> coordinates, List<Points> members) {
        this.coordinates = List.copyOf(coordinates);
        this.members = List.copyOf(members);
        this.samples = Samples.of("samples", members.size());
        int longest = members.stream().mapToInt(Points::count).max().orElseThrow();
        double[] places = IntStream.range(0, longest).asDoubleStream().toArray();
        double[] ones = new double[longest];
        Arrays.fill(ones, 1);
        this.region = new Region(
                new Axis(Axis.Kind.POINTS, "family"),
                List.of(PLACE),
                new FixedPoints(new Points(1, places, new double[0], ones)));
    }

    /**
     * Points of one geometry for each sample, with weights that add up to its measure.
     *
     * @param coordinates their names
     * @param members one for each sample
     */
    public static Family of(List<String> coordinates, List<Points> members) {
        if (members.isEmpty()) {
            throw new ExpressionException("A family needs at least one geometry.");
        }
        for (Points member : members) {
            if (member.dimensions() != coordinates.size()) {
                throw new ExpressionException("The coordinates are " + coordinates
                        + ", but a member of the family has points" + " of " + member.dimensions() + " coordinates.");
            }
        }
        return new Family(coordinates, members);
    }

    /** Regions of the same coordinates, one for each sample, with the points that seed 0 draws. */
    public static Family of(Region... members) {
        return of(
                members[0].coordinates(),
                Arrays.stream(members).map(member -> member.cloud().draw(0)).toList());
    }

    /** A coordinate of the points of each sample. */
    public Expression get(String coordinate) {
        int index = coordinates.indexOf(coordinate);
        if (index < 0) {
            throw new ExpressionException(
                    "The family has the coordinates " + coordinates + ", but no '" + coordinate + "'.");
        }
        return variable(
                coordinate, members.stream().map(m -> m.coordinate(index)).toList(), true, false);
    }

    /** The measure that each point stands for; zero for a repeated one. */
    public Expression weight() {
        return variable("d(family)", members.stream().map(Points::weights).toList(), false, true);
    }

    /**
     * Numbers at the points of each sample.
     *
     * @param values for each sample as many as it has points
     */
    public Expression field(String name, double[][] values) {
        for (int i = 0; i < members.size(); i++) {
            if (values.length != members.size()
                    || values[i].length != members.get(i).count()) {
                throw new ExpressionException("'" + name + "' needs one row for each of " + members.size()
                        + " samples with one number for each of its points; row " + i + " does not fit.");
            }
        }
        return variable(name, List.of(values), false, false);
    }

    /** The integral over each geometry. */
    public Expression integral(Expression integrand) {
        return integrand.times(weight()).sum(region.get(PLACE));
    }

    /** The mean over each geometry. */
    public Expression mean(Expression values) {
        double[] measures = members.stream().mapToDouble(Points::measure).toArray();
        Expression measure = Expression.variable(
                new SampleSource("measure of the family", samples, Shape.SCALAR, new Numbers.Given(measures)));
        return integral(values).div(measure);
    }

    private Expression variable(String name, List<double[]> rows, boolean isCoordinate, boolean isWeight) {
        int longest = region.cloud().draw(0).count();
        double[] padded = new double[rows.size() * longest];
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            Arrays.fill(padded, i * longest, (i + 1) * longest, isWeight ? 0 : row[0]);
            System.arraycopy(row, 0, padded, i * longest, row.length);
        }
        return Expression.variable(
                new FieldSource(name, samples, region, Shape.SCALAR, new Numbers.Given(padded), isCoordinate));
    }
}
