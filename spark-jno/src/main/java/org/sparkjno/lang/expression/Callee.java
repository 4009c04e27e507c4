// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import org.sparkjno.kernels.graph.DType;

/** Something with trainable numbers that expressions call: a model, or a trained coefficient. Equal callees share weights. */
public interface Callee extends Architecture {
    /** Name, unique in a problem; its parameters are known under it. */
    String name();

    /** Type of its parameters and buffers in a problem of some precision. */
    default DType precision(DType ofProblem) {
        return ofProblem;
    }
}
