// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.util.Map;

/** The numbers by which gmsh names kinds of elements (its reference manual, section "MSH file format"). */
final class GmshElement {
    private static final Map<Integer, Cell> CELLS =
            Map.of(15, Cell.POINT, 1, Cell.SEGMENT, 2, Cell.TRIANGLE, 4, Cell.TETRAHEDRON);
    private static final Map<Integer, String> OTHERS = Map.of(
            3,
            "quadrangles",
            5,
            "hexahedra",
            6,
            "prisms",
            7,
            "pyramids",
            8,
            "second-order lines",
            9,
            "second-order triangles",
            10,
            "second-order quadrangles",
            11,
            "second-order tetrahedra");

    private GmshElement() {}

    /**
     * The kind of cell with a number.
     *
     * @throws FormatException if it is not a simplex with straight sides
     */
    static Cell cell(String file, int type) throws FormatException {
        Cell cell = CELLS.get(type);
        if (cell == null) {
            throw new FormatException(file + " holds " + OTHERS.getOrDefault(type, "elements of type " + type)
                    + ", but a mesh consists of segments, triangles or tetrahedra of first order; in gmsh, switch off"
                    + " Mesh.RecombineAll and set Mesh.ElementOrder to 1.");
        }
        return cell;
    }
}
