// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * A conforming mesh of segments, triangles or tetrahedra that fill a region of as many dimensions, with tagged boundary
 * facets and named regions of cells. Immutable; the arrays are handed out as they are, and readers must not write to them.
 */
public final class Mesh implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int dimensions;
    private final double[] vertices;
    private final int[] cells;
    private final double[] cellMeasures;
    private final Facets boundary;
    private final Map<String, int[]> tags;
    private final Map<String, int[]> regions;
    /** Null for a mesh without a grid: an Optional does not serialise. */
    private final RegularGrid grid;

    private Mesh(Mesh mesh, Map<String, int[]> tags, Map<String, int[]> regions) {
        dimensions = mesh.dimensions;
        vertices = mesh.vertices;
        cells = mesh.cells;
        cellMeasures = mesh.cellMeasures;
        boundary = mesh.boundary;
        grid = mesh.grid;
        this.tags = tags;
        this.regions = regions;
    }

    private Mesh(int dimensions, double[] vertices, int[] cells, RegularGrid grid) {
        this.dimensions = dimensions;
        this.vertices = vertices;
        this.cells = cells;
        this.grid = grid;
        cellMeasures = orient();
        boundary = Facets.around(dimensions, vertices, cells);
        tags = Map.of();
        regions = Map.of();
    }

    /**
     * A mesh without tags. Cells of negative orientation have two vertices exchanged. The arrays are not copied, so the
     * caller gives them away.
     *
     * @param dimensions 1 to 3
     * @param vertices (count x dimensions)
     * @param cells (count x dimensions + 1) indices of vertices
     * @throws IllegalArgumentException if a cell is flat or names no vertex, or a vertex belongs to no cell
     */
    public static Mesh of(int dimensions, double[] vertices, int[] cells) {
        if (dimensions < 1 || dimensions > 3) {
            throw new IllegalArgumentException("A mesh has 1 to 3 dimensions, not " + dimensions + ".");
        }
        if (vertices.length % dimensions != 0 || cells.length == 0 || cells.length % (dimensions + 1) != 0) {
            throw new IllegalArgumentException("A mesh of " + dimensions + " dimensions takes " + dimensions
                    + " coordinates per vertex and " + (dimensions + 1) + " vertices per cell, of at least one cell; "
                    + vertices.length + " coordinates and " + cells.length + " cell vertices are not that.");
        }
        boolean[] used = new boolean[vertices.length / dimensions];
        for (int node : cells) {
            if (node < 0 || node >= used.length) {
                throw new IllegalArgumentException("A cell names vertex " + node + " of " + used.length + ".");
            }
            used[node] = true;
        }
        for (int node = 0; node < used.length; node++) {
            if (!used[node]) {
                throw new IllegalArgumentException("Vertex " + node + " belongs to no cell; leave it out.");
            }
        }
        return new Mesh(dimensions, vertices, cells, null);
    }

    /**
     * The mesh of an interval, rectangle or box with equally spaced nodes, tagged as {@link BoxSide} says; each grid cell is
     * cut into simplices along its main diagonal. Nodes are in row-major order, the last coordinate fastest.
     *
     * @param lower first corner
     * @param upper opposite corner
     * @param counts grid cells per axis; there is one node more
     */
    public static Mesh structured(double[] lower, double[] upper, int[] counts) {
        KuhnGrid kuhn = KuhnGrid.over(lower, upper, counts);
        Mesh mesh = new Mesh(lower.length, kuhn.vertices(), kuhn.cells(), kuhn.grid());
        for (BoxSide side : BoxSide.of(lower.length)) {
            int axis = side.axis();
            double value = side.isUpper() ? upper[axis] : lower[axis];
            mesh = mesh.tagged(side.tag(), point -> point[axis] == value);
        }
        return mesh;
    }

    /**
     * The solid over this plane mesh, of tetrahedra. Its sides keep the tags of the edges below them; its ends are tagged
     * bottom and top.
     *
     * @param from third coordinate of the bottom
     * @param to third coordinate of the top
     * @param layers of nodes, less one
     * @throws IllegalArgumentException if this mesh is not plane or the solid has no height
     */
    public Mesh extruded(double from, double to, int layers) {
        if (dimensions != 2 || !(to > from) || layers < 1) {
            throw new IllegalArgumentException(
                    "Only a plane mesh is extruded, upwards and in at least 1 layer; this one" + " has " + dimensions
                            + " dimensions, and goes from " + from + " to " + to + " in " + layers + ".");
        }
        return new Extrusion(this, layers).between(from, to);
    }

    /** Makes all cells positively oriented and returns their measures. */
    private double[] orient() {
        int corners = dimensions + 1;
        double[] measures = new double[cells.length / corners];
        for (int cell = 0; cell < measures.length; cell++) {
            double measure = LinearElement.of(dimensions, vertices, cells, cell).measure();
            if (!Double.isFinite(measure) || measure == 0) {
                throw new IllegalArgumentException("Cell " + cell + " has the measure " + measure
                        + "; its vertices must be finite and not lie on one plane.");
            }
            if (measure < 0) {
                int last = cell * corners + dimensions;
                int node = cells[last];
                cells[last] = cells[last - 1];
                cells[last - 1] = node;
            }
            measures[cell] = Math.abs(measure);
        }
        return measures;
    }

    /** The same mesh with a tag for the boundary facets all of whose nodes have a property; they lose other tags. */
    public Mesh tagged(String tag, PointPredicate where) {
        return tagged(
                tag,
                IntStream.range(0, boundary.count())
                        .filter(facet ->
                                Arrays.stream(boundary.nodes(facet)).allMatch(node -> where.test(vertex(node))))
                        .toArray());
    }

    /**
     * The same mesh with tags for boundary facets given by their nodes; they lose other tags. Facets inside the mesh, such as
     * interfaces, are passed over.
     *
     * @param facets nodes of each facet, in any order, by tag
     */
    public Mesh tagged(Map<String, List<int[]>> facets) {
        Map<List<Integer>, Integer> indices = new HashMap<>();
        for (int facet = 0; facet < boundary.count(); facet++) {
            indices.put(Facets.key(boundary.nodes(facet)), facet);
        }
        Mesh mesh = this;
        for (Map.Entry<String, List<int[]>> tag : facets.entrySet()) {
            mesh = mesh.tagged(
                    tag.getKey(),
                    tag.getValue().stream()
                            .map(nodes -> indices.get(Facets.key(nodes)))
                            .filter(Objects::nonNull)
                            .mapToInt(Integer::intValue)
                            .distinct()
                            .toArray());
        }
        return mesh;
    }

    /** The same mesh with a tag for these boundary facets; they lose other tags. */
    public Mesh tagged(String tag, int[] facets) {
        int[] sorted = facets.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0) {
            Objects.checkIndex(sorted[0], boundary.count());
            Objects.checkIndex(sorted[sorted.length - 1], boundary.count());
        }
        Map<String, int[]> changed = new LinkedHashMap<>();
        tags.forEach((name, members) -> {
            int[] left = Arrays.stream(members)
                    .filter(facet -> Arrays.binarySearch(sorted, facet) < 0)
                    .toArray();
            if (left.length > 0) {
                changed.put(name, left);
            }
        });
        if (sorted.length > 0) {
            changed.merge(tag, sorted, Mesh::merged);
        }
        return new Mesh(this, changed, regions);
    }

    private static int[] merged(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().toArray();
    }

    /** The same mesh with a name for these cells; a cell may have several. */
    public Mesh withRegion(String name, int[] members) {
        Map<String, int[]> changed = new LinkedHashMap<>(regions);
        changed.put(name, members.clone());
        return new Mesh(this, tags, changed);
    }

    /** Coordinates of a vertex. */
    public int dimensions() {
        return dimensions;
    }

    /** The vertices, (count x dimensions). */
    public double[] vertices() {
        return vertices;
    }

    /** One vertex. */
    public double[] vertex(int node) {
        return Arrays.copyOfRange(vertices, node * dimensions, (node + 1) * dimensions);
    }

    /** Vertices of the cells, (count x dimensions + 1), all positively oriented. */
    public int[] cells() {
        return cells;
    }

    public int vertexCount() {
        return vertices.length / dimensions;
    }

    public int cellCount() {
        return cellMeasures.length;
    }

    /** Length, area or volume of each cell. */
    public double[] cellMeasures() {
        return cellMeasures;
    }

    /** The measure of all cells together. */
    public double measure() {
        return Arrays.stream(cellMeasures).sum();
    }

    /** The facets around the mesh. */
    public Facets boundary() {
        return boundary;
    }

    /** The tags of boundary facets. */
    public List<String> tags() {
        return List.copyOf(tags.keySet());
    }

    /**
     * Indices of the boundary facets with a tag, increasing.
     *
     * @throws IllegalArgumentException if there are none
     */
    public int[] facets(String tag) {
        return found(tags, tag, "boundary facet").clone();
    }

    /** The names of regions. */
    public List<String> regions() {
        return List.copyOf(regions.keySet());
    }

    /**
     * Indices of the cells of a region.
     *
     * @throws IllegalArgumentException if there is no such region
     */
    public int[] region(String name) {
        return found(regions, name, "cell").clone();
    }

    private static int[] found(Map<String, int[]> groups, String name, String kind) {
        int[] members = groups.get(name);
        if (members == null) {
            throw new IllegalArgumentException(
                    "No " + kind + " of the mesh is tagged '" + name + "'; use one of " + groups.keySet() + ".");
        }
        return members;
    }

    /** The grid of a structured mesh, slowest axis first as in the order of its nodes. */
    public Optional<RegularGrid> grid() {
        return Optional.ofNullable(grid);
    }

    /** All nodes; a node stands for its share of the cells around it (lumped P1 mass). */
    public Points nodes() {
        double[] weights = new double[vertexCount()];
        int corners = dimensions + 1;
        for (int k = 0; k < cells.length; k++) {
            weights[cells[k]] += cellMeasures[k / corners] / corners;
        }
        return new Points(dimensions, vertices, new double[0], weights);
    }

    /** The nodes that are on no boundary facet. Their weights are those among all nodes, so that they do not sum up. */
    public Points interiorNodes() {
        return nodes().select(interiorIndices());
    }

    /** Which nodes are on no boundary facet, increasing. */
    public int[] interiorIndices() {
        boolean[] outer = new boolean[vertexCount()];
        for (int node : boundary.nodes()) {
            outer[node] = true;
        }
        return IntStream.range(0, outer.length).filter(node -> !outer[node]).toArray();
    }

    /** The nodes on the boundary, with normals averaged over the facets around them and their share of these. */
    public Points boundaryNodes() {
        return boundaryNodes(allFacets());
    }

    /**
     * The nodes on the facets with one tag, with normals averaged over these facets and their share of these.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Points boundaryNodes(String tag) {
        return boundaryNodes(facets(tag));
    }

    /** Which nodes are on the boundary, increasing. */
    public int[] boundaryIndices() {
        return boundaryIndices(allFacets());
    }

    /** Which nodes are on the facets with one tag, increasing. */
    public int[] boundaryIndices(String tag) {
        return boundaryIndices(facets(tag));
    }

    private int[] allFacets() {
        return IntStream.range(0, boundary.count()).toArray();
    }

    private int[] boundaryIndices(int[] facets) {
        return Arrays.stream(facets)
                .flatMap(facet -> Arrays.stream(boundary.nodes(facet)))
                .sorted()
                .distinct()
                .toArray();
    }

    private Points boundaryNodes(int[] facets) {
        int[] indices = boundaryIndices(facets);
        double[] normals = new double[indices.length * dimensions];
        double[] weights = new double[indices.length];
        for (int facet : facets) {
            double share = boundary.measures()[facet] / dimensions;
            for (int node : boundary.nodes(facet)) {
                int i = Arrays.binarySearch(indices, node);
                weights[i] += share;
                for (int axis = 0; axis < dimensions; axis++) {
                    normals[i * dimensions + axis] += share * boundary.normals()[facet * dimensions + axis];
                }
            }
        }
        normalise(normals);
        Points chosen = nodes().select(indices);
        return new Points(dimensions, chosen.coordinates(), normals, weights);
    }

    private void normalise(double[] vectors) {
        for (int start = 0; start < vectors.length; start += dimensions) {
            double square = 0;
            for (int axis = 0; axis < dimensions; axis++) {
                square += vectors[start + axis] * vectors[start + axis];
            }
            for (int axis = 0; axis < dimensions && square > 0; axis++) {
                vectors[start + axis] /= Math.sqrt(square);
            }
        }
    }

    /** Which nodes share a cell with each node, itself not included. */
    public Pattern neighbours() {
        return Incidence.neighbours(this);
    }

    /** Which cells each node belongs to. */
    public Pattern cellsOfNodes() {
        return Incidence.cellsOfNodes(this);
    }

    @Override
    public String toString() {
        return "mesh of " + vertexCount() + " nodes and " + cellCount() + " cells in " + dimensions + " dimensions";
    }
}
