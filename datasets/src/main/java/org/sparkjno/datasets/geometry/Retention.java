// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.io.Serializable;

/** Which points of a patch remain. It must not depend on the sign of the normal. */
@FunctionalInterface
interface Retention extends Serializable {
    /**
     * Whether a point remains.
     *
     * @param row its coordinates, then its unit normal
     */
    boolean keeps(double[] row);

    /** What both keep. */
    default Retention and(Retention other) {
        return row -> keeps(row) && other.keeps(row);
    }
}
