// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/** Second derivatives of scalars, forward over reverse: the gradient is pushed forward. */
public final class Hessian {
    private Hessian() {}

    /**
     * The matrix of second derivatives of a scalar.
     *
     * @return of shape {@code [wrt…, wrt…]}
     */
    public static Value of(Value loss, Value wrt) {
        return Jacobian.of(Derivatives.gradient(loss, wrt).get(0), wrt, Jacobian.Mode.FORWARD, Jacobian.CHUNK);
    }

    /**
     * The matrix of second derivatives times a vector, without the matrix: B. Pearlmutter, "Fast Exact Multiplication by
     * the Hessian", 1994.
     *
     * @param wrt floating-point values, each once
     * @param vector one value per element of {@code wrt}, of its type
     * @return one value per element of {@code wrt}, of its type
     */
    public static List<Value> times(Value loss, List<Value> wrt, List<Value> vector) {
        return Derivatives.jvp(Derivatives.gradient(loss, wrt), wrt, vector);
    }
}
