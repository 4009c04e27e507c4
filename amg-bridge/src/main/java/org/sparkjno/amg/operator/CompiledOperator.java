// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A linear function that a graph computes, as Krylov methods apply it: compiled for a device, no matrix at all. Vectors are
 * its flattened arguments and images, in double precision; a function of f32 rounds them. Several vectors are taken one
 * after another, and threads take turns.
 *
 * <p>The caller closes it, before the device.
 */
public final class CompiledOperator implements LinearMap, AutoCloseable {
    private final BoundFunction function;
    private final int rows;
    private final String name;

    private CompiledOperator(BoundFunction function, int rows, String name) {
        this.function = function;
        this.rows = rows;
        this.name = name;
    }

    /**
     * Compiles a function.
     *
     * @param operator linear, from values of this type to such values
     * @param type f32 or f64
     * @param inputs numbers of all inputs of the graph that the function depends on
     * @throws ShapeException when the image has another type
     * @throws IllegalArgumentException when an input has no numbers
     */
    public static CompiledOperator of(
            UnaryOperator<Value> operator, TensorType type, Device device, Map<Value, Literal> inputs) {
        Value x = Value.input("x", type);
        return compile(x, image(operator, x), device, inputs, "operator on ");
    }

    /** Compiles the transpose of a function, see {@link #of}. */
    public static CompiledOperator transposed(
            UnaryOperator<Value> operator, TensorType type, Device device, Map<Value, Literal> inputs) {
        Value x = Value.input("x", type);
        Value cotangent = Value.input("cotangent", type);
        Value pulled = Derivatives.vjp(List.of(image(operator, x)), List.of(x), List.of(cotangent))
                .get(0);
        // A linear function has the same transpose anywhere: take it at zero, where it forgets its argument.
        Closure closure = Closure.of(List.of(x), List.of(pulled));
        List<Value> arguments = new ArrayList<>(List.of(Value.full(type, 0)));
        arguments.addAll(closure.captured());
        return compile(cotangent, closure.graph().call(arguments).get(0), device, inputs, "transposed operator on ");
    }

    private static Value image(UnaryOperator<Value> operator, Value x) {
        Value image = operator.apply(x);
        if (!image.type().equals(x.type())) {
            throw new ShapeException("A linear system in " + x.type()
                    + " needs as many equations, but its operator gives " + image.type() + ".");
        }
        return image;
    }

    private static CompiledOperator compile(
            Value argument, Value output, Device device, Map<Value, Literal> inputs, String name) {
        BoundFunction function = BoundFunction.of(device, argument, output, inputs);
        return new CompiledOperator(function, Math.toIntExact(argument.shape().size()), name + argument.type());
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void apply(double[] x, double[] y, int width) {
        synchronized (function) {
            for (int which = 0; which < width; which++) {
                function.call(x, y, width, which);
            }
        }
    }

    @Override
    public void close() {
        function.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
