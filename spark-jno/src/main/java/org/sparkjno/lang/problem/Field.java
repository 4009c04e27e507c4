// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Axis;

/**
 * The values of an expression.
 *
 * @param axes along which they lie
 * @param shape extents of the axes, then of the components
 * @param values row-major
 */
public record Field(List<Axis> axes, Shape shape, double[] values) {
    public Field {
        axes = List.copyOf(axes);
    }

    /**
     * The only value.
     *
     * @throws IllegalStateException if there are more
     */
    public double single() {
        if (values.length != 1) {
            throw new IllegalStateException("There are " + values.length + " values, not one.");
        }
        return values[0];
    }
}
