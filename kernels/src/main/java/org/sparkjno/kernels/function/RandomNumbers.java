// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Random numbers that a key and a counter determine, see {@link org.sparkjno.kernels.graph.RandomBits}. */
public final class RandomNumbers {
    private RandomNumbers() {}

    /**
     * Uniform f32 numbers in [0, 1): the upper 23 bits of each word, times 2⁻²³.
     *
     * @param state the i32[4] of key and counter
     */
    public static Value uniform(Value state, Shape shape) {
        Value signed = Value.randomBits(state, shape).cast(DType.F64);
        Value zero = Value.full(signed.type(), 0);
        Value unsigned = signed.apply(Primitive.LT, zero).apply(Primitive.SELECT, signed.plus(0x1p32), signed);
        return unsigned.times(0x1p-9).apply(Primitive.FLOOR).times(0x1p-23).cast(DType.F32);
    }
}
