// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facets around a mesh: end points, edges or triangles that belong to one cell only.
 *
 * @param nodes (count x dimensions) vertices of each facet
 * @param normals (count x dimensions) outward unit normals
 * @param measures (count) lengths or areas; 1 for end points
 */
public record Facets(int dimensions, int[] nodes, double[] normals, double[] measures) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The side of a cell opposite to one of its vertices. */
    private record Side(int cell, int opposite) {}

    static Facets around(int dimensions, double[] vertices, int[] cells) {
        Map<List<Integer>, Side> open = new LinkedHashMap<>();
        int corners = dimensions + 1;
        for (int cell = 0; cell < cells.length / corners; cell++) {
            for (int opposite = 0; opposite < corners; opposite++) {
                List<Integer> key = key(side(cells, cell, opposite, corners));
                if (open.remove(key) == null) {
                    open.put(key, new Side(cell, opposite));
                }
            }
        }
        int[] nodes = new int[open.size() * dimensions];
        double[] normals = new double[nodes.length];
        double[] measures = new double[open.size()];
        int facet = 0;
        for (Side side : open.values()) {
            LinearElement element = LinearElement.of(dimensions, vertices, cells, side.cell());
            double slope = element.slope(side.opposite(), dimensions);
            measures[facet] = dimensions * element.measure() * slope;
            for (int axis = 0; axis < dimensions; axis++) {
                normals[facet * dimensions + axis] = -element.gradients()[side.opposite() * dimensions + axis] / slope;
            }
            System.arraycopy(
                    side(cells, side.cell(), side.opposite(), corners), 0, nodes, facet * dimensions, dimensions);
            facet++;
        }
        return new Facets(dimensions, nodes, normals, measures);
    }

    private static int[] side(int[] cells, int cell, int opposite, int corners) {
        int[] side = new int[corners - 1];
        for (int k = 0, next = 0; k < corners; k++) {
            if (k != opposite) {
                side[next++] = cells[cell * corners + k];
            }
        }
        return side;
    }

    /** What tells a facet from others, whatever the order of its nodes. */
    static List<Integer> key(int[] nodes) {
        return Arrays.stream(nodes).sorted().boxed().toList();
    }

    /** Number of facets. */
    public int count() {
        return measures.length;
    }

    /** The vertices of one facet. */
    public int[] nodes(int facet) {
        return Arrays.copyOfRange(nodes, facet * dimensions, (facet + 1) * dimensions);
    }
}
