// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.Arrays;
import org.sparkjno.datasets.mesh.Points;

/**
 * Points in space at one time, which is the last coordinate.
 *
 * @param space points in space
 * @param time the time
 */
record AtTime(Cloud space, double time) implements Cloud {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return space.dimensions() + 1;
    }

    @Override
    public boolean isRandom() {
        return space.isRandom();
    }

    @Override
    public Points draw(long seed) {
        Points at = space.draw(seed);
        double[] times = new double[at.count()];
        Arrays.fill(times, time);
        return Timed.of(at, times, at.weights());
    }

    @Override
    public Cells cells() {
        return space.cells();
    }
}
