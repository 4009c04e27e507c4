// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.io.Serializable;

/** A property of a point that travels with what it describes, such as "lies on the inlet". */
@FunctionalInterface
public interface PointPredicate extends Serializable {
    /**
     * Whether a point has the property.
     *
     * @param point its coordinates, to be read only
     */
    boolean test(double[] point);
}
