// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.List;
import org.sparkjno.kernels.scalar.Primitive;

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

    /**
     * Uniform f32 numbers in [0, 1): the upper 23 bits of each word, times 2⁻²³.
     *
     * @param state key and counter
     */
    public static Value uniform(Value state, Shape shape) {
        Value signed = Value.randomBits(state, shape).cast(DType.F64);
        Value zero = Value.full(signed.type(), 0);
        Value unsigned = signed.apply(Primitive.LT, zero).apply(Primitive.SELECT, signed.plus(0x1p32), signed);
        return unsigned.times(0x1p-9).apply(Primitive.FLOOR).times(0x1p-23).cast(DType.F32);
    }

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
