// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.lang.expression.RegularGrid;

/**
 * The points of a regular grid over a box, the last coordinate fastest, with the weights of the trapezoidal rule.
 *
 * @param lower corner
 * @param upper corner
 * @param extents points along each coordinate, at least 2
 * @param periodic whether the last point of each line is left out, because it is the first
 */
record GridPoints(List<Double> lower, List<Double> upper, List<Integer> extents, boolean periodic) implements Cloud {
    private static final long serialVersionUID = 1L;

    GridPoints {
        for (int extent : extents) {
            if (extent < 2) {
                throw new IllegalArgumentException(
                        "A grid needs at least 2 points along each coordinate, but got " + extents + ".");
            }
        }
    }

    @Override
    public int dimensions() {
        return extents.size();
    }

    private double spacing(int axis) {
        return (upper.get(axis) - lower.get(axis)) / (periodic ? extents.get(axis) : extents.get(axis) - 1);
    }

    @Override
    public Points draw(long seed) {
        int count = extents.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        double[] coordinates = new double[count * dimensions()];
        double[] weights = new double[count];
        for (int point = 0; point < count; point++) {
            int rest = point;
            weights[point] = 1;
            for (int axis = dimensions() - 1; axis >= 0; axis--) {
                int i = rest % extents.get(axis);
                rest /= extents.get(axis);
                coordinates[point * dimensions() + axis] = lower.get(axis) + i * spacing(axis);
                boolean end = !periodic && (i == 0 || i == extents.get(axis) - 1);
                weights[point] *= end ? spacing(axis) / 2 : spacing(axis);
            }
        }
        return new Points(dimensions(), coordinates, new double[0], weights);
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public Optional<RegularGrid> grid(List<String> coordinates) {
        List<Double> spacing = new ArrayList<>();
        for (int axis = 0; axis < dimensions(); axis++) {
            spacing.add(spacing(axis));
        }
        return Optional.of(
                new RegularGrid(coordinates, extents, spacing, Collections.nCopies(dimensions(), !periodic)));
    }
}
