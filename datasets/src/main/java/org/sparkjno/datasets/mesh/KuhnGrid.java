// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * A regular grid whose cells are cut into simplices: one for each order in which the axes can be walked from the lowest to
 * the highest corner. H. W. Kuhn, "Some combinatorial lemmas in topology", IBM J. Res. Dev. 4, 1960.
 */
record KuhnGrid(RegularGrid grid, double[] vertices, int[] cells) {
    static KuhnGrid over(double[] lower, double[] upper, int[] counts) {
        if (lower.length != upper.length || lower.length != counts.length || lower.length < 1 || lower.length > 3) {
            throw new IllegalArgumentException("A structured mesh takes 1 to 3 lower and upper coordinates and as many"
                    + " counts of cells, not " + lower.length + ", " + upper.length + " and " + counts.length + ".");
        }
        RegularGrid grid = new RegularGrid(IntStream.range(0, counts.length)
                .mapToObj(axis -> new RegularGrid.Axis(counts[axis] + 1, lower[axis], upper[axis], false))
                .toList());
        return new KuhnGrid(grid, vertices(grid), cells(counts));
    }

    private static double[] vertices(RegularGrid grid) {
        int dimensions = grid.axes().size();
        double[] vertices = new double[grid.points() * dimensions];
        for (int node = 0; node < grid.points(); node++) {
            int rest = node;
            for (int axis = dimensions - 1; axis >= 0; axis--) {
                RegularGrid.Axis line = grid.axes().get(axis);
                int index = rest % line.points();
                // The last point exactly on the side, whatever the rounding.
                vertices[node * dimensions + axis] = index == line.points() - 1 ? line.upper() : line.coordinate(index);
                rest /= line.points();
            }
        }
        return vertices;
    }

    private static int[] cells(int[] counts) {
        int dimensions = counts.length;
        int[] strides = new int[dimensions];
        int nodes = 1;
        int cubes = 1;
        for (int axis = dimensions - 1; axis >= 0; axis--) {
            strides[axis] = nodes;
            nodes *= counts[axis] + 1;
            cubes = Math.multiplyExact(cubes, counts[axis]);
        }
        List<int[]> orders = orders(dimensions);
        int[] cells = new int[Math.multiplyExact(cubes, orders.size() * (dimensions + 1))];
        int next = 0;
        for (int cube = 0; cube < cubes; cube++) {
            int corner = 0;
            for (int axis = dimensions - 1, rest = cube; axis >= 0; axis--) {
                corner += rest % counts[axis] * strides[axis];
                rest /= counts[axis];
            }
            for (int[] order : orders) {
                int node = corner;
                cells[next++] = node;
                for (int axis : order) {
                    node += strides[axis];
                    cells[next++] = node;
                }
            }
        }
        return cells;
    }

    /** All permutations of the axes. */
    private static List<int[]> orders(int dimensions) {
        if (dimensions == 0) {
            return List.of(new int[0]);
        }
        List<int[]> orders = new ArrayList<>();
        for (int[] shorter : orders(dimensions - 1)) {
            for (int place = dimensions - 1; place >= 0; place--) {
                int[] order = new int[dimensions];
                System.arraycopy(shorter, 0, order, 0, place);
                order[place] = dimensions - 1;
                System.arraycopy(shorter, place, order, place + 1, shorter.length - place);
                orders.add(order);
            }
        }
        return orders;
    }
}
