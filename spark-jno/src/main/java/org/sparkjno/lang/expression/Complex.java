// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import org.sparkjno.kernels.graph.Shape;

/**
 * A complex number as two real expressions. It becomes real only where one says how: by a part, the absolute value or the angle.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(Expression re, Expression im) implements Serializable {
    /**
     * The vector (re, im) as a complex number, such as two outputs of a model.
     *
     * @throws ExpressionException when it has not two components
     */
    public static Complex of(Expression pair) {
        if (!pair.space().components().equals(Shape.of(2))) {
            throw new ExpressionException("A complex number is a vector of 2 components, but '" + pair
                    + "' has values of shape " + pair.space().components() + ".");
        }
        return new Complex(pair.get(0), pair.get(1));
    }

    /** A real number. */
    public static Complex real(Expression re) {
        return new Complex(re, re.times(0));
    }

    /** The vector (re, im). */
    public Expression vector() {
        return Expression.vector(re, im);
    }

    public Complex plus(Complex other) {
        return new Complex(re.plus(other.re), im.plus(other.im));
    }

    public Complex minus(Complex other) {
        return new Complex(re.minus(other.re), im.minus(other.im));
    }

    public Complex times(Complex other) {
        return new Complex(
                re.times(other.re).minus(im.times(other.im)), re.times(other.im).plus(im.times(other.re)));
    }

    public Complex times(Expression real) {
        return new Complex(re.times(real), im.times(real));
    }

    public Complex times(double real) {
        return new Complex(re.times(real), im.times(real));
    }

    /** {@code i·k·z} for a real k. */
    public Complex timesImaginary(double k) {
        return new Complex(im.times(-k), re.times(k));
    }

    public Complex div(Complex other) {
        Complex product = times(other.conjugate());
        Expression size = other.absSquare();
        return new Complex(product.re.div(size), product.im.div(size));
    }

    /** {@code −z}. */
    public Complex unaryMinus() {
        return new Complex(re.negate(), im.negate());
    }

    /** {@code re − i·im}. */
    public Complex conjugate() {
        return new Complex(re, im.negate());
    }

    /** {@code re² + im²}: what a loss is the mean of. */
    public Expression absSquare() {
        return re.square().plus(im.square());
    }

    /** The absolute value; its derivative does not exist at 0. */
    public Expression abs() {
        return absSquare().sqrt();
    }

    /** The angle between −π and π. */
    public Expression arg() {
        return im.atan2(re);
    }

    /** {@code e^re·(cos im + i·sin im)}. */
    public Complex exp() {
        Expression size = re.exp();
        return new Complex(size.times(im.cos()), size.times(im.sin()));
    }

    /** The partial derivative of both parts. */
    public Complex d(Expression... coordinates) {
        return new Complex(re.d(coordinates), im.d(coordinates));
    }

    /** The sum of the unmixed second derivatives of both parts. */
    public Complex laplacian(Expression... coordinates) {
        return new Complex(re.laplacian(coordinates), im.laplacian(coordinates));
    }
}
