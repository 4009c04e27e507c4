// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * Rotation of queries and keys by angles that grow with their positions, so that their products depend on the distance only:
 * J. Su et al., "RoFormer: enhanced transformer with rotary position embedding", 2021, equation 15. Channels 2i and 2i+1
 * of token t turn by {@code t·base^(−2i/width)}.
 *
 * @param base above 1; 10 000 is usual
 */
public record RotaryEmbedding(double base) {
    public RotaryEmbedding {
        if (!(base > 1)) {
            throw new IllegalArgumentException("The base of a rotary embedding is above 1, but got " + base + ".");
        }
    }

    /**
     * Rotated tokens.
     *
     * @param x [lead…, tokens, width], the width even
     * @return of the same type
     * @throws ShapeException when there is no token axis or the width is odd
     */
    public Value apply(Value x) {
        int rank = x.shape().rank();
        if (rank < 2 || x.shape().dim(-1) % 2 != 0) {
            throw new ShapeException(
                    "A rotary embedding turns pairs of channels of [lead…, tokens, width], but got " + x.type() + ".");
        }
        int pairs = x.shape().dim(-1) / 2;
        Value split = x.reshape(new Shape(x.shape().dims().subList(0, rank - 1)).append(pairs, 2));
        Value even = split.slice(rank, 0, 1).squeeze(rank);
        Value odd = split.slice(rank, 1, 2).squeeze(rank);
        Value cos = table(even, StrictMath::cos);
        Value sin = table(even, StrictMath::sin);
        Value turned = Value.stack(
                rank,
                List.of(even.times(cos).minus(odd.times(sin)), even.times(sin).plus(odd.times(cos))));
        return turned.reshape(x.shape());
    }

    private Value table(Value pairs, DoubleUnaryOperator function) {
        int tokens = pairs.shape().dim(-2);
        int width = pairs.shape().dim(-1);
        double[] table = new double[tokens * width];
        for (int token = 0; token < tokens; token++) {
            for (int pair = 0; pair < width; pair++) {
                table[token * width + pair] =
                        function.applyAsDouble(token * StrictMath.pow(base, -(double) pair / width));
            }
        }
        TensorType type = new TensorType(pairs.dtype(), Shape.of(tokens, width));
        return Value.constant(Literal.of(type, table)).broadcastTo(pairs.shape());
    }
}
