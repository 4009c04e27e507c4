// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers of prisms over a plane mesh, each cut into three tetrahedra. The diagonal of a side runs from the node of the lower
 * number below to that of the higher number above, so that neighbours agree: J. Dompierre, P. Labbé, M.-G. Vallet, R.
 * Camarero, "How to subdivide pyramids, prisms and hexahedra into tetrahedra", 8th Int. Meshing Roundtable, 1999.
 */
final class Extrusion {
    private final Mesh plane;
    private final int layers;

    Extrusion(Mesh plane, int layers) {
        this.plane = plane;
        this.layers = layers;
    }

    /** The solid between two heights; its sides keep their tags, its ends are tagged bottom and top. */
    Mesh between(double from, double to) {
        Map<String, List<int[]>> tags = new LinkedHashMap<>();
        for (String tag : plane.tags()) {
            tags.put(tag, sides(plane.facets(tag)));
        }
        tags.put("bottom", end(0));
        tags.put("top", end(layers));
        return Mesh.of(3, vertices(from, to), cells()).tagged(tags);
    }

    private int node(int below, int level) {
        return level * plane.vertexCount() + below;
    }

    private double[] vertices(double from, double to) {
        double[] vertices = new double[3 * (layers + 1) * plane.vertexCount()];
        for (int level = 0; level <= layers; level++) {
            double height = level == layers ? to : from + level * (to - from) / layers;
            for (int below = 0; below < plane.vertexCount(); below++) {
                int start = 3 * node(below, level);
                vertices[start] = plane.vertices()[2 * below];
                vertices[start + 1] = plane.vertices()[2 * below + 1];
                vertices[start + 2] = height;
            }
        }
        return vertices;
    }

    private int[] cells() {
        int[] cells = new int[12 * layers * plane.cellCount()];
        int next = 0;
        for (int level = 0; level < layers; level++) {
            for (int cell = 0; cell < plane.cellCount(); cell++) {
                int[] corners = Arrays.copyOfRange(plane.cells(), 3 * cell, 3 * cell + 3);
                Arrays.sort(corners);
                // The path from the lowest to the highest corner steps up at each of its nodes in turn.
                for (int step = 0; step < 3; step++) {
                    for (int k = 0; k <= step; k++) {
                        cells[next++] = node(corners[k], level);
                    }
                    for (int k = step; k < 3; k++) {
                        cells[next++] = node(corners[k], level + 1);
                    }
                }
            }
        }
        return cells;
    }

    private List<int[]> sides(int[] facets) {
        List<int[]> sides = new ArrayList<>();
        for (int facet : facets) {
            int[] edge = plane.boundary().nodes(facet);
            Arrays.sort(edge);
            for (int level = 0; level < layers; level++) {
                sides.add(new int[] {node(edge[0], level), node(edge[1], level), node(edge[1], level + 1)});
                sides.add(new int[] {node(edge[0], level), node(edge[0], level + 1), node(edge[1], level + 1)});
            }
        }
        return sides;
    }

    private List<int[]> end(int level) {
        List<int[]> end = new ArrayList<>();
        for (int cell = 0; cell < plane.cellCount(); cell++) {
            int first = 3 * cell;
            end.add(new int[] {
                node(plane.cells()[first], level),
                node(plane.cells()[first + 1], level),
                node(plane.cells()[first + 2], level)
            });
        }
        return end;
    }
}
