// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays of an unstructured grid, by whichever of VTK's formats they came.
 *
 * @param file its name, for messages
 * @param points three coordinates per point
 * @param connectivity points of all cells, cell after cell
 * @param offsets where the points of each cell end
 * @param types VTK's numbers of the kinds of cells
 * @param pointFields by name
 * @param cellFields by name
 */
record VtkGrid(
        String file,
        double[] points,
        double[] connectivity,
        double[] offsets,
        double[] types,
        Map<String, double[]> pointFields,
        Map<String, double[]> cellFields) {
    /** The cell field in which converters of gmsh's files keep physical groups. */
    private static final String GROUPS = "gmsh:physical";

    private static final Map<Integer, Cell> CELLS =
            Map.of(1, Cell.POINT, 3, Cell.SEGMENT, 5, Cell.TRIANGLE, 10, Cell.TETRAHEDRON);
    private static final Map<Integer, String> OTHERS = Map.of(
            7,
            "polygons",
            8,
            "pixels",
            9,
            "quadrangles",
            11,
            "voxels",
            12,
            "hexahedra",
            13,
            "wedges",
            14,
            "pyramids",
            21,
            "quadratic edges",
            22,
            "quadratic triangles",
            24,
            "quadratic tetrahedra");

    /** VTK's number of the cells of a mesh. */
    static int type(int dimensions) {
        return switch (dimensions) {
            case 1 -> 3;
            case 2 -> 5;
            default -> 10;
        };
    }

    /** The mesh that the cells make up, with the point fields at its nodes. */
    MeshFields assemble() throws FormatException {
        if (types.length != offsets.length || points.length % 3 != 0) {
            throw malformed("it has " + offsets.length + " cells of " + types.length + " types and " + points.length
                    + " coordinates");
        }
        MeshParts parts = new MeshParts(file, points);
        double[] groups = cellFields.getOrDefault(GROUPS, new double[0]);
        int start = 0;
        for (int i = 0; i < types.length; i++) {
            Cell cell = cell((int) types[i]);
            int end = (int) offsets[i];
            if (end - start != cell.nodes() || end > connectivity.length) {
                throw malformed("cell " + i + " has " + (end - start) + " points, but its type takes " + cell.nodes());
            }
            int[] nodes = new int[cell.nodes()];
            for (int k = 0; k < nodes.length; k++) {
                nodes[k] = (int) connectivity[start + k];
            }
            parts.add(cell, nodes, i < groups.length ? List.of(Integer.toString((int) groups[i])) : List.of());
            start = end;
        }
        MeshParts.Assembled assembled = parts.assemble();
        Map<String, double[]> fields = new LinkedHashMap<>();
        for (Map.Entry<String, double[]> field : pointFields.entrySet()) {
            fields.put(field.getKey(), atNodes(field.getKey(), field.getValue(), assembled.sources()));
        }
        return new MeshFields(assembled.mesh(), fields);
    }

    private double[] atNodes(String name, double[] values, int[] sources) throws FormatException {
        int count = points.length / 3;
        if (values.length == 0 || values.length % count != 0) {
            throw malformed("field '" + name + "' has " + values.length + " values for " + count + " points");
        }
        int components = values.length / count;
        double[] chosen = new double[sources.length * components];
        for (int node = 0; node < sources.length; node++) {
            System.arraycopy(values, sources[node] * components, chosen, node * components, components);
        }
        return chosen;
    }

    private Cell cell(int type) throws FormatException {
        Cell cell = CELLS.get(type);
        if (cell == null) {
            throw new FormatException(file + " holds " + OTHERS.getOrDefault(type, "cells of type " + type)
                    + ", but a mesh consists of segments, triangles or tetrahedra; triangulate it first, as ParaView's"
                    + " filter Tetrahedralize does.");
        }
        return cell;
    }

    private FormatException malformed(String reason) {
        return new FormatException(file + " is not a proper VTK file: " + reason + "; write it again.");
    }
}
