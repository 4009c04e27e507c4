// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.List;

/**
 * Random bits from a counter: the operand is the i32[4] of key (two words, high first) and counter (two words, high
 * first), and element {@code i} of the result, in row-major order, is {@link org.sparkjno.kernels.random.Threefry#bits} of
 * that key and of the counter plus {@code i}. The same key and counter give the same bits on every device, and a part of a
 * tensor is the same stream from another counter.
 *
 * @param shape shape of the result, which is i32
 */
public record RandomBits(Shape shape) implements Op {
    private static final TensorType STATE = new TensorType(DType.I32, Shape.of(4));

    @Override
    public String text() {
        return "random_bits";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        Types.count(this, operands, 1);
        if (!operands.get(0).equals(STATE)) {
            throw new ShapeException(
                    "random_bits takes key and counter as " + STATE + ", but got " + operands.get(0) + ".");
        }
        return new TensorType(DType.I32, shape);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
