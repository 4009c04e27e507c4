// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.List;

/**
 * What it takes to build a formula of primitives: numbers, graph values or instructions, whatever {@code T} is.
 *
 * @param <T> a value of the formula
 */
public interface Algebra<T> {

    /** The value of a number. */
    T constant(double number);

    /** A primitive applied to as many arguments as its arity. */
    T apply(Primitive primitive, List<T> arguments);
}
