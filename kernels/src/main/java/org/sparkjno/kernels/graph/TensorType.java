// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/**
 * Element type and shape of a tensor; prints as {@code f32[16,64,64,3]}.
 *
 * @param dtype element type
 * @param shape extents
 */
public record TensorType(DType dtype, Shape shape) {
    /** A single-precision tensor. */
    public static TensorType f32(int... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    /** A double-precision tensor. */
    public static TensorType f64(int... dims) {
        return new TensorType(DType.F64, Shape.of(dims));
    }

    /** Bytes of the tensor when stored contiguously. */
    public long bytes() {
        return Math.multiplyExact(shape.size(), (long) dtype.bytes());
    }

    /** The same shape with another element type. */
    public TensorType with(DType other) {
        return new TensorType(other, shape);
    }

    /** The same element type with another shape. */
    public TensorType with(Shape other) {
        return new TensorType(dtype, other);
    }

    @Override
    public String toString() {
        return dtype.text() + shape;
    }
}
