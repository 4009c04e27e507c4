// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.datasets.geometry.Geometry;
import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.datasets.mesh.Points;

/**
 * Points drawn from a shape.
 *
 * @param geometry the shape
 * @param part what of it; {@link #INSIDE}, {@link #BOUNDARY}, or a tag of the boundary
 * @param count how many
 * @param sampler how they are spread
 */
record SampledPoints(Geometry geometry, String part, int count, Sampler sampler) implements Cloud {
    static final String INSIDE = "interior";
    static final String BOUNDARY = "boundary";
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return geometry.dimensions();
    }

    @Override
    public Points draw(long seed) {
        return switch (part) {
            case INSIDE -> geometry.interior(count, sampler, seed);
            case BOUNDARY -> geometry.boundary(count, sampler, seed);
            default -> geometry.boundary(part, count, sampler, seed);
        };
    }

    @Override
    public boolean isRandom() {
        return sampler != Sampler.GRID;
    }
}
