// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.datasets.geometry.Geometry;
import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.lang.expression.ExpressionException;

/** What a domain is in space, and so where the points of its parts come from. */
sealed interface Body extends Serializable {
    /** Number of coordinates in space. */
    int dimensions();

    /** Points inside. */
    Cloud interior();

    /** Points on the boundary, or on the part with a tag. */
    Cloud boundary(String part);

    private static void requirePart(String part, List<String> tags) {
        if (!part.equals(SampledPoints.BOUNDARY) && !tags.contains(part)) {
            throw new ExpressionException("The boundary has no part '" + part + "'; its parts are " + tags + ".");
        }
    }

    /**
     * A shape whose points are drawn.
     *
     * @param geometry the shape
     * @param inside number of points inside; 0 if nobody said
     * @param around number of points on each part of the boundary; 0 if nobody said
     * @param sampler how they are spread
     */
    record Shape(Geometry geometry, int inside, int around, Sampler sampler) implements Body {
        @Override
        public int dimensions() {
            return geometry.dimensions();
        }

        @Override
        public Cloud interior() {
            require(inside, "inside", "points(count)");
            return new SampledPoints(geometry, SampledPoints.INSIDE, inside, sampler);
        }

        @Override
        public Cloud boundary(String part) {
            require(around, "on its boundary", "boundaryPoints(count)");
            requirePart(part, geometry.tags());
            return new SampledPoints(geometry, part, around, sampler);
        }

        private static void require(int count, String where, String how) {
            if (count == 0) {
                throw new ExpressionException("Nobody said how many points the domain has " + where + "; say it by "
                        + how + ", or use the nodes of a mesh by meshSize(h).");
            }
        }
    }

    /**
     * The nodes of a mesh.
     *
     * @param mesh the mesh
     */
    record Meshed(Mesh mesh) implements Body {
        @Override
        public int dimensions() {
            return mesh.dimensions();
        }

        @Override
        public Cloud interior() {
            return new MeshNodes(mesh, SampledPoints.INSIDE);
        }

        @Override
        public Cloud boundary(String part) {
            requirePart(part, mesh.tags());
            return new MeshNodes(mesh, part);
        }
    }

    /**
     * Points, all of them inside.
     *
     * @param points where they come from
     */
    record Bare(Cloud points) implements Body {
        @Override
        public int dimensions() {
            return points.dimensions();
        }

        @Override
        public Cloud interior() {
            return points;
        }

        @Override
        public Cloud boundary(String part) {
            throw new ExpressionException("A domain of bare points has no boundary; make it of a shape or of a mesh.");
        }
    }
}
