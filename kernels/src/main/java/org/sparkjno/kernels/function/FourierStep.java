// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.Value;

/** One step of a {@link FourierLine}: a linear map of neighbouring axes of a complex tensor. */
sealed interface FourierStep permits DenseStep, ChirpTransform {
    /**
     * The step at the axes that begin with {@code axis}.
     *
     * @param im imaginary part, or null for a real operand
     */
    ComplexPair apply(Value re, Value im, int axis);

    /** The real part of the result. */
    Value real(ComplexPair z, int axis);
}
