// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.Arrays;

/** An immutable tensor of numbers known when the graph is built, row-major, each rounded to its element type. */
public final class Literal {
    private final TensorType type;
    private final double[] elements;
    private final int hash;

    private Literal(TensorType type, double[] elements) {
        this.type = type;
        this.elements = elements;
        this.hash = 31 * type.hashCode() + Arrays.hashCode(elements);
    }

    /**
     * A tensor literal.
     *
     * @param type its type
     * @param elements row-major values, rounded to {@code type.dtype()}
     * @throws ShapeException when the number of elements does not fit the shape, or when an integer type cannot hold one of
     *     them exactly: i64 literals end at ±2⁵³
     */
    public static Literal of(TensorType type, double... elements) {
        if (elements.length != type.shape().size()) {
            throw new ShapeException("A constant of type " + type + " needs "
                    + type.shape().size() + " elements, but got " + elements.length + ".");
        }
        double[] rounded = new double[elements.length];
        for (int i = 0; i < elements.length; i++) {
            if (!type.dtype().holds(elements[i])) {
                throw new ShapeException("A literal of type " + type + " does not hold " + elements[i]
                        + (type.dtype() == DType.I64 ? "; beyond 2^53 read and write buffers of bytes." : "."));
            }
            rounded[i] = type.dtype().round(elements[i]);
        }
        return new Literal(type, rounded);
    }

    /** A scalar literal. */
    public static Literal scalar(DType dtype, double value) {
        return of(new TensorType(dtype, Shape.SCALAR), value);
    }

    public TensorType type() {
        return type;
    }

    /** Element at a row-major position. */
    public double get(int index) {
        return elements[index];
    }

    /** Number of elements. */
    public int size() {
        return elements.length;
    }

    /** A fresh array of all elements, row-major. */
    public double[] toArray() {
        return elements.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof Literal that
                        && hash == that.hash
                        && type.equals(that.type)
                        && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return type + (elements.length <= 8 ? Arrays.toString(elements) : "{" + elements.length + " elements}");
    }
}
