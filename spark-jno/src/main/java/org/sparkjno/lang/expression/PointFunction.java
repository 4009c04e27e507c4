// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A function of the components of its operands, at every point alike: a component, a scalar product, a determinant. Equal
 * functions are one.
 */
public interface PointFunction extends Serializable {
    /** Name for people. */
    String name();

    /**
     * The shape of one result.
     *
     * @param components shapes of one value of each operand
     * @throws ExpressionException when the function does not take these
     */
    Shape infer(List<Shape> components);

    /** Whether all results are in the unit of the operands, because they are some of their numbers, or means or sums of them. */
    default boolean keepsUnits() {
        return false;
    }

    /**
     * The results.
     *
     * @param axes number of leading axes, along which the operands lie side by side and of equal extents
     * @param operands tensors of those axes and then the components
     */
    Value apply(int axes, List<Value> operands);
}
