// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * How the points of a cloud lie: at all combinations of the points of its factors, the last factor fastest. Neighbours are known
 * along each factor, so derivatives can be formed of values at the points alone.
 *
 * @param factors each with some of the coordinates, in their order
 */
public record Arrangement(List<Factor> factors) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Arrangement {
        factors = List.copyOf(factors);
    }

    /** Points of some coordinates. */
    public sealed interface Factor extends Serializable {
        /** Number of points. */
        int count();

        /** Number of coordinates. */
        int dimensions();
    }

    /**
     * Equally spaced points of one coordinate.
     *
     * @param axis where they lie
     */
    public record Line(RegularGrid.Axis axis) implements Factor {
        private static final long serialVersionUID = 1L;

        @Override
        public int count() {
            return axis.points();
        }

        @Override
        public int dimensions() {
            return 1;
        }
    }

    /**
     * All nodes of a mesh, in its order.
     *
     * @param mesh the mesh
     */
    public record Nodes(Mesh mesh) implements Factor {
        private static final long serialVersionUID = 1L;

        @Override
        public int count() {
            return mesh.vertexCount();
        }

        @Override
        public int dimensions() {
            return mesh.dimensions();
        }
    }

    /** The points of a regular grid. */
    static Arrangement of(RegularGrid grid) {
        return new Arrangement(grid.axes().stream().<Factor>map(Line::new).toList());
    }

    /** The nodes of a mesh; those of a structured one are a grid. */
    static Arrangement of(Mesh mesh) {
        return mesh.grid().map(Arrangement::of).orElseGet(() -> new Arrangement(List.of(new Nodes(mesh))));
    }

    /** These points at each of some times. */
    Arrangement at(RegularGrid.Axis times) {
        List<Factor> more = new ArrayList<>(factors);
        more.add(new Line(times));
        return new Arrangement(more);
    }

    /** Number of points along each factor. */
    public List<Integer> counts() {
        return factors.stream().map(Factor::count).toList();
    }

    /** The number of the factor that has a coordinate. */
    public int factorOf(int coordinate) {
        int first = 0;
        for (int i = 0; i < factors.size(); i++) {
            first += factors.get(i).dimensions();
            if (coordinate < first) {
                return i;
            }
        }
        throw new IndexOutOfBoundsException(
                "There are " + first + " coordinates, so none is number " + coordinate + ".");
    }

    /** The number of the first coordinate of a factor. */
    public int firstCoordinate(int factor) {
        return factors.subList(0, factor).stream().mapToInt(Factor::dimensions).sum();
    }

    /** The regular grid that this is; empty if there is a mesh in it. */
    public Optional<RegularGrid> grid() {
        List<RegularGrid.Axis> axes = new ArrayList<>();
        for (Factor factor : factors) {
            if (!(factor instanceof Line line)) {
                return Optional.empty();
            }
            axes.add(line.axis());
        }
        return Optional.of(new RegularGrid(axes));
    }
}
