// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.function.UnaryOperator;

/**
 * A complex tensor as two real ones of one type. Devices, memory and collectives therefore know only real numbers.
 *
 * @param re real part
 * @param im imaginary part, of the same type
 */
public record ComplexPair(Value re, Value im) {
    public ComplexPair {
        if (!re.type().equals(im.type())) {
            throw new ShapeException(
                    "The parts of a complex tensor need one type, but got " + re.type() + " and " + im.type() + ".");
        }
    }

    public ComplexPair plus(ComplexPair other) {
        return new ComplexPair(re.plus(other.re), im.plus(other.im));
    }

    public ComplexPair times(ComplexPair other) {
        return new ComplexPair(
                re.times(other.re).minus(im.times(other.im)), re.times(other.im).plus(im.times(other.re)));
    }

    /** A linear function with real coefficients, which acts on both parts alike. */
    public ComplexPair map(UnaryOperator<Value> linear) {
        return new ComplexPair(linear.apply(re), linear.apply(im));
    }

    public ComplexPair conjugate() {
        return new ComplexPair(re, im.negate());
    }

    /** Complex sum of products, see {@link Op.Contract}: four real ones. */
    public ComplexPair contract(String notation, ComplexPair other) {
        return new ComplexPair(
                re.contract(notation, other.re).minus(im.contract(notation, other.im)),
                re.contract(notation, other.im).plus(im.contract(notation, other.re)));
    }
}
