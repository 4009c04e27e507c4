// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.List;
import java.util.Optional;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * The points of a regular grid, the last coordinate fastest, with the weights of the trapezoidal rule.
 *
 * @param lattice the grid
 */
record GridPoints(RegularGrid lattice) implements Cloud {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return lattice.axes().size();
    }

    @Override
    public Points draw(long seed) {
        int count = lattice.points();
        double[] coordinates = new double[count * dimensions()];
        double[] weights = new double[count];
        for (int point = 0; point < count; point++) {
            int rest = point;
            weights[point] = 1;
            for (int i = dimensions() - 1; i >= 0; i--) {
                RegularGrid.Axis axis = lattice.axes().get(i);
                int index = rest % axis.points();
                rest /= axis.points();
                coordinates[point * dimensions() + i] = axis.coordinate(index);
                weights[point] *= weight(axis, index);
            }
        }
        return new Points(dimensions(), coordinates, new double[0], weights);
    }

    private static double weight(RegularGrid.Axis axis, int index) {
        boolean end = !axis.periodic() && (index == 0 || index == axis.points() - 1);
        return end ? axis.spacing() / 2 : axis.spacing();
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public Optional<Arrangement> arrangement() {
        return Optional.of(Arrangement.of(lattice));
    }

    @Override
    public Cells cells() {
        List<RegularGrid.Axis> axes = lattice.axes();
        if (axes.size() > 3 || axes.stream().anyMatch(axis -> axis.points() < 2)) {
            return Cells.NONE;
        }
        double[] lower = axes.stream().mapToDouble(axis -> axis.coordinate(0)).toArray();
        double[] upper = axes.stream()
                .mapToDouble(axis -> axis.coordinate(axis.points() - 1))
                .toArray();
        int[] counts = axes.stream().mapToInt(axis -> axis.points() - 1).toArray();
        return new Cells(axes.size() + 1, Mesh.structured(lower, upper, counts).cells());
    }
}
