// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.Optional;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.DType;

/** What is known of the axes while expressions become tensors. */
public interface Setting {
    /** Type of all numbers. */
    DType precision();

    /** The regular grid whose points, the last coordinate fastest, lie along an axis; empty if they do not. */
    Optional<RegularGrid> grid(Axis axis);
}
