// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.sparsity.Compression;
import org.sparkjno.kernels.sparsity.SparsityPattern;

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
     * The entries of a sparse matrix of second derivatives, from as many directions as a star colouring has colours.
     *
     * @param pattern symmetric, of the matrix whose rows and columns are the flattened elements of wrt; entries outside of
     *     it must be zero, or wrong numbers result
     * @return one number per entry of the pattern, in its order
     * @throws IllegalArgumentException when the pattern is not symmetric or has another size
     * @see Compression#ofSymmetric
     */
    public static Value entries(Value loss, Value wrt, SparsityPattern pattern) {
        Value gradient = Derivatives.gradient(loss, wrt).get(0);
        return Jacobian.entries(gradient, wrt, Compression.ofSymmetric(pattern), Jacobian.Mode.FORWARD);
    }

    /**
     * A sparse matrix of second derivatives in full, see {@link #entries}.
     *
     * @return of shape {@code [wrt…, wrt…]}, zero outside the pattern
     */
    public static Value of(Value loss, Value wrt, SparsityPattern pattern) {
        return Jacobian.spread(entries(loss, wrt, pattern), pattern, wrt, wrt);
    }

    /** Where the matrix of second derivatives may differ from zero, see {@link Jacobian#pattern}. */
    public static SparsityPattern pattern(Value loss, Value wrt) {
        return Jacobian.pattern(Derivatives.gradient(loss, wrt).get(0), wrt).symmetric();
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
