// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;

/**
 * When a problem takes place.
 *
 * @param start of the interval
 * @param end of the interval; equal to the start if there is no time
 * @param slices number of times at which fixed points occur
 */
record TimeInterval(double start, double end, int slices) implements Serializable {
    static final TimeInterval NONE = new TimeInterval(0, 0, 1);

    boolean isNone() {
        return end == start;
    }

    /** Points at the times of the interval. */
    Cloud during(Cloud space) {
        return isNone() ? space : new InTime(space, start, end, slices);
    }
}
