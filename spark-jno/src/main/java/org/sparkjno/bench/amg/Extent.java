// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.List;

/** How large the problems of the gallery are, in points (of bodies: elements) per axis. */
public enum Extent {
    /** Small ones, to see in seconds whether all works. */
    QUICK(List.of(64), List.of(12, 24), List.of(12), 64, 12, List.of(8)),
    /** The sizes that the bars are meant for. */
    USUAL(List.of(256, 512), List.of(32, 64), List.of(32, 48), 256, 48, List.of(16)),
    /** The largest beside: millions of unknowns. */
    FULL(List.of(256, 512), List.of(32, 64, 128), List.of(32, 48), 256, 48, List.of(16, 32));

    private final List<Integer> planes;
    private final List<Integer> cubes;
    private final List<Integer> boxes;
    private final int plane;
    private final int cells;
    private final List<Integer> bodies;

    Extent(List<Integer> planes, List<Integer> cubes, List<Integer> boxes, int plane, int cells, List<Integer> bodies) {
        this.planes = planes;
        this.cubes = cubes;
        this.boxes = boxes;
        this.plane = plane;
        this.cells = cells;
        this.bodies = bodies;
    }

    /** Of the 5-point Laplacian. */
    List<Integer> planes() {
        return planes;
    }

    /** Of the 7-point Laplacian; each of eight times as many unknowns as the one before. */
    List<Integer> cubes() {
        return cubes;
    }

    /** Of the 27-point stencil. */
    List<Integer> boxes() {
        return boxes;
    }

    /** Of every other problem in the plane. */
    int plane() {
        return plane;
    }

    /** Of the cube whose coefficient jumps. */
    int cells() {
        return cells;
    }

    /** Of elastic bodies. */
    List<Integer> bodies() {
        return bodies;
    }
}
