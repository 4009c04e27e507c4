// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Mesh;

/**
 * What a file says of a mesh: points in space, and cells of all dimensions in named groups. The cells of the highest
 * dimension are the mesh, those of one dimension less tag its boundary.
 */
final class MeshParts {
    /** Coordinates that differ by less than this part of the largest one are equal. */
    private static final double FLAT = 1e-9;

    private final String file;
    /** Three coordinates per point. */
    private final double[] points;

    private final Map<Cell, Map<List<Integer>, int[]>> cells = new LinkedHashMap<>();
    /** Members of groups by the sorted nodes that tell cells apart. */
    private final Map<Cell, Map<String, List<List<Integer>>>> groups = new LinkedHashMap<>();

    /**
     * @param file its name, for messages
     * @param points three coordinates per point
     */
    MeshParts(String file, double[] points) {
        this.file = file;
        this.points = points;
        for (Cell cell : Cell.values()) {
            cells.put(cell, new LinkedHashMap<>());
            groups.put(cell, new LinkedHashMap<>());
        }
    }

    /** Adds a cell to the mesh and to a group; a cell that is named twice is in both groups. */
    void add(Cell cell, int[] nodes, List<String> names) throws FormatException {
        for (int node : nodes) {
            if (node < 0 || node >= points.length / 3) {
                throw new FormatException(
                        "A cell of " + file + " names a point that is not in the file; write it again.");
            }
        }
        List<Integer> key = Arrays.stream(nodes).sorted().boxed().toList();
        cells.get(cell).putIfAbsent(key, nodes);
        for (String name : names) {
            groups.get(cell).computeIfAbsent(name, unknown -> new ArrayList<>()).add(key);
        }
    }

    /**
     * A mesh and where its nodes come from.
     *
     * @param sources the point of the file for each node
     */
    record Assembled(Mesh mesh, int[] sources) {}

    Assembled assemble() throws FormatException {
        Cell kind = null;
        for (Cell cell : Cell.values()) {
            kind = cells.get(cell).isEmpty() || cell == Cell.POINT ? kind : cell;
        }
        if (kind == null) {
            throw new FormatException(
                    file + " holds no segments, triangles or tetrahedra; save the mesh with its cells.");
        }
        int[] members =
                cells.get(kind).values().stream().flatMapToInt(Arrays::stream).toArray();
        int[] sources = Arrays.stream(members).sorted().distinct().toArray();
        int[] nodes = new int[points.length / 3];
        Arrays.fill(nodes, -1);
        for (int node = 0; node < sources.length; node++) {
            nodes[sources[node]] = node;
        }
        int[] numbered = Arrays.stream(members).map(point -> nodes[point]).toArray();
        Mesh mesh;
        try {
            mesh = Mesh.of(kind.dimensions(), coordinates(kind.dimensions(), sources), numbered);
        } catch (IllegalArgumentException e) {
            throw new FormatException(file + " holds no proper mesh: " + e.getMessage(), e);
        }
        mesh = mesh.tagged(facets(Cell.ofDimensions(kind.dimensions() - 1), nodes));
        return new Assembled(named(mesh, kind), sources);
    }

    private double[] coordinates(int dimensions, int[] sources) throws FormatException {
        double largest = Arrays.stream(points).map(Math::abs).max().orElse(0);
        double[] coordinates = new double[sources.length * dimensions];
        for (int node = 0; node < sources.length; node++) {
            for (int axis = 0; axis < 3; axis++) {
                double value = points[3 * sources[node] + axis];
                if (axis < dimensions) {
                    coordinates[node * dimensions + axis] = value;
                } else if (Math.abs(value - points[3 * sources[0] + axis]) > FLAT * largest) {
                    throw new FormatException(file + " holds a " + dimensions + "-dimensional mesh that is curved or"
                            + " tilted in space, but a mesh must fill its region; put it into the first " + dimensions
                            + " coordinates, or save the solid's cells too.");
                }
            }
        }
        return coordinates;
    }

    private Map<String, List<int[]>> facets(Cell kind, int[] nodes) {
        Map<String, List<int[]>> facets = new LinkedHashMap<>();
        groups.get(kind)
                .forEach((name, keys) -> facets.put(
                        name,
                        keys.stream()
                                .map(key -> key.stream()
                                        .mapToInt(point -> nodes[point])
                                        .toArray())
                                .toList()));
        return facets;
    }

    private Mesh named(Mesh mesh, Cell kind) {
        List<List<Integer>> order = List.copyOf(cells.get(kind).keySet());
        Map<List<Integer>, Integer> places = new LinkedHashMap<>();
        IntStream.range(0, order.size()).forEach(cell -> places.put(order.get(cell), cell));
        Mesh named = mesh;
        for (Map.Entry<String, List<List<Integer>>> group : groups.get(kind).entrySet()) {
            named = named.withRegion(
                    group.getKey(),
                    group.getValue().stream().mapToInt(places::get).sorted().toArray());
        }
        return named;
    }
}
