// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

/** The kinds of cells that meshes consist of. */
enum Cell {
    POINT(1),
    SEGMENT(2),
    TRIANGLE(3),
    TETRAHEDRON(4);

    private final int nodes;

    Cell(int nodes) {
        this.nodes = nodes;
    }

    /** The kind with so many dimensions. */
    static Cell ofDimensions(int dimensions) {
        return values()[dimensions];
    }

    int dimensions() {
        return ordinal();
    }

    int nodes() {
        return nodes;
    }
}
