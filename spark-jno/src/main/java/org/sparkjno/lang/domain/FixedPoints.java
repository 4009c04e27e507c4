// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.datasets.mesh.Points;

/**
 * Points that are given.
 *
 * @param points these
 */
record FixedPoints(Points points) implements Cloud {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return points.dimensions();
    }

    @Override
    public Points draw(long seed) {
        return points;
    }

    @Override
    public boolean isRandom() {
        return false;
    }
}
