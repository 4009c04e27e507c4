// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A complex system as a real one: each entry a + ib becomes the block (a, −b; b, a), each unknown its two parts next to each
 * other. Its transpose is the equivalent of the conjugate transpose, so that gradients are those of
 * {@link org.sparkjno.kernels.derive.ComplexDerivatives}. D. Day, M. Heroux, "Solving Complex-Valued Linear Systems via
 * Equivalent Real Formulations", SIAM J. Sci. Comput. 23, 2001, formulation K1.
 *
 * @param pattern of the real matrix
 * @param sources for each of its entries the position in (real parts, imaginary parts, negative imaginary parts)
 */
record RealEquivalent(Pattern pattern, int[] sources) {
    static RealEquivalent of(Pattern complex) {
        int entries = complex.entries();
        if (entries > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException("The real form of a complex " + complex
                    + " has four times as many entries, beyond the 2147483647 of a matrix; distribute its rows.");
        }
        int[] start = new int[2 * complex.rows() + 1];
        int[] columns = new int[4 * entries];
        int[] sources = new int[columns.length];
        int next = 0;
        for (int row = 0; row < start.length - 1; row++) {
            boolean real = row % 2 == 0;
            for (int k = complex.rowStart()[row / 2]; k < complex.rowStart()[row / 2 + 1]; k++) {
                columns[next] = 2 * complex.columns()[k];
                sources[next++] = real ? k : entries + k;
                columns[next] = 2 * complex.columns()[k] + 1;
                sources[next++] = real ? 2 * entries + k : k;
            }
            start[row + 1] = next;
        }
        return new RealEquivalent(Pattern.of(2 * complex.rows(), 2 * complex.columnCount(), start, columns), sources);
    }

    /** The values of the real matrix. */
    Value values(ComplexPair values) {
        Value re = values.re();
        int axis = re.shape().rank() - 1;
        Value parts = Value.concat(axis, List.of(re, values.im(), values.im().negate()));
        TensorType type = new TensorType(DType.I32, Shape.of(sources.length));
        double[] numbers = new double[sources.length];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = sources[k];
        }
        Value at = Value.constant(Literal.of(type, numbers));
        return axis == 0 ? parts.gather(at) : parts.transpose(1, 0).gather(at).transpose(1, 0);
    }

    /** Complex vectors as real ones of twice the length. */
    Value joined(ComplexPair x, ComplexPair values) {
        int axis = values.re().shape().rank() - 1;
        Value pairs = Value.stack(axis + 1, List.of(x.re(), x.im()));
        return pairs.reshape(lengthened(x.re().shape(), axis, 2 * x.re().shape().dim(axis)));
    }

    /** Real vectors as complex ones of half the length. */
    ComplexPair split(Value x, ComplexPair values) {
        int axis = values.re().shape().rank() - 1;
        int size = x.shape().dim(axis) / 2;
        Shape one = lengthened(x.shape(), axis, size);
        List<Integer> dims = new ArrayList<>(one.dims());
        dims.add(axis + 1, 2);
        Value pairs = x.reshape(new Shape(dims));
        return new ComplexPair(
                pairs.slice(axis + 1, 0, 1).reshape(one),
                pairs.slice(axis + 1, 1, 2).reshape(one));
    }

    private static Shape lengthened(Shape shape, int axis, int extent) {
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(axis, extent);
        return new Shape(dims);
    }
}
