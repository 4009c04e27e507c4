// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.Value;

/** The left-hand side A(c)·u of a linear equation for a field on a regular grid, as a function of graphs. */
@FunctionalInterface
public interface FieldEquation extends Serializable {
    /**
     * The left-hand side.
     *
     * @param u the field, one axis per axis of the grid; the result is linear in it
     * @param coefficients further fields, of the same shape
     * @param grid where they live
     * @return of the shape of {@code u}
     */
    Value apply(Value u, List<Value> coefficients, RegularGrid grid);
}
