// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * Forward- and reverse-mode derivatives of traced values. The results are ordinary values, so derivatives nest.
 *
 * <p>Reverse mode is linearisation followed by transposition: A. Radul, A. Paszke, R. Frostig, M. Johnson, D. Maclaurin,
 * "You Only Linearize Once: Tangents Transpose to Gradients", POPL 2023. There is no hand-written backward rule.
 */
public final class Derivatives {
    private Derivatives() {}

    /**
     * Jacobian-vector product: the derivatives of {@code outputs} when {@code wrt} moves along {@code tangents}.
     *
     * @param wrt floating-point values, each once
     * @param tangents one per element of {@code wrt}, of its type
     * @return one tangent per output, of its type; zero where an output does not depend on {@code wrt}
     * @throws ShapeException when {@code wrt} holds an integer value or one twice, or a tangent has another type
     * @throws UnsupportedOperationException when an output depends on {@code wrt} through a function of which only the
     *     reverse derivative is known, see {@link CustomDerivatives#customVjp}
     */
    public static List<Value> jvp(List<Value> outputs, List<Value> wrt, List<Value> tangents) {
        checkTypes("tangent", wrt, tangents);
        Pushforward pushforward = new Pushforward(outputs, wrt, tangents);
        return ReverseOnly.refuse(
                outputs.stream().map(pushforward::tangentOrZero).toList());
    }

    /**
     * Vector-Jacobian product: the cotangents of {@code wrt} that belong to {@code cotangents} of the outputs.
     *
     * @param wrt floating-point values, each once
     * @param cotangents one per output, of its type
     * @return one cotangent per element of {@code wrt}, of its type; zero where no output depends on it
     * @throws ShapeException when {@code wrt} holds an integer value or one twice, or a cotangent has another type
     */
    public static List<Value> vjp(List<Value> outputs, List<Value> wrt, List<Value> cotangents) {
        checkTypes("cotangent", outputs, cotangents);
        List<Value> directions = wrt.stream()
                .map(value -> Value.input("direction", value.type()))
                .toList();
        Pushforward pushforward = new Pushforward(outputs, wrt, directions);
        List<Value> tangents = new ArrayList<>();
        List<Value> seeds = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Value tangent = pushforward.tangent(outputs.get(i));
            if (tangent != null) {
                tangents.add(tangent);
                seeds.add(cotangents.get(i));
            }
        }
        Pullback pullback = new Pullback(tangents, seeds, directions);
        return directions.stream().map(pullback::cotangentOrZero).toList();
    }

    /**
     * Gradient of a scalar.
     *
     * @param loss a floating-point scalar
     * @return one value per element of {@code wrt}, of its type
     * @throws ShapeException when {@code loss} is not a scalar
     */
    public static List<Value> gradient(Value loss, List<Value> wrt) {
        if (loss.shape().rank() != 0 || !loss.dtype().isFloating()) {
            throw new ShapeException(
                    "A gradient needs a floating-point scalar, but got " + loss.type() + "; reduce it by sum or mean.");
        }
        return vjp(List.of(loss), wrt, List.of(Value.scalar(loss.dtype(), 1)));
    }

    /** Gradient of a scalar, see {@link #gradient(Value, List)}. */
    public static List<Value> gradient(Value loss, Value... wrt) {
        return gradient(loss, Arrays.asList(wrt));
    }

    /**
     * A scalar with its gradient and whatever else was computed on the way.
     *
     * @param auxiliary values that are not differentiated
     */
    public static ValueAndGradient valueAndGradient(Value loss, List<Value> auxiliary, List<Value> wrt) {
        return new ValueAndGradient(loss, auxiliary, gradient(loss, wrt));
    }

    /** A scalar with its gradient. */
    public static ValueAndGradient valueAndGradient(Value loss, Value... wrt) {
        return valueAndGradient(loss, List.of(), Arrays.asList(wrt));
    }

    private static void checkTypes(String what, List<Value> values, List<Value> directions) {
        if (values.size() != directions.size()) {
            throw new ShapeException(
                    "Expected " + values.size() + " " + what + "s, but got " + directions.size() + ".");
        }
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).type().equals(directions.get(i).type())) {
                throw new ShapeException("The " + what + " of " + values.get(i) + " needs its type, but is "
                        + directions.get(i).type() + ".");
            }
        }
    }
}
