// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Makes whatever follows exactly periodic in some coordinates, with all derivatives: x becomes cos(2πkx/P) and
 * sin(2πkx/P) for k = 1 … harmonics. S. Dong, N. Ni, "A method for representing periodic functions and enforcing
 * exactly periodic boundary conditions with deep neural networks", J. Comput. Phys. 435, 2021.
 *
 * <p>The output has first the coordinates that are not periodic, then all cosines, then all sines, each by coordinate
 * and then by k.
 *
 * @param periods P of each coordinate, in its unit; 0 leaves a coordinate as it is
 * @param harmonics how many
 */
public record PeriodicEmbedding(List<Double> periods, int harmonics) implements Layer {
    public PeriodicEmbedding {
        periods = List.copyOf(periods);
        if (harmonics < 1 || periods.stream().noneMatch(period -> period > 0)) {
            throw new IllegalArgumentException("A periodic embedding needs a positive period and at least one harmonic,"
                    + " but got periods " + periods + " and " + harmonics + " harmonics.");
        }
        if (periods.stream().anyMatch(period -> period < 0 || !Double.isFinite(period))) {
            throw new IllegalArgumentException(
                    "Periods are positive, or 0 for a coordinate that is not periodic, but got " + periods + ".");
        }
    }

    /** Channels out. */
    public int outputs() {
        return plain().size() + 2 * harmonics * (periods.size() - plain().size());
    }

    private List<Integer> plain() {
        List<Integer> plain = new ArrayList<>();
        for (int i = 0; i < periods.size(); i++) {
            if (periods.get(i) == 0) {
                plain.add(i);
            }
        }
        return plain;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Value apply(Weights weights, Value x) {
        int last = x.shape().rank() - 1;
        if (last < 0 || x.shape().dim(last) != periods.size()) {
            throw new ShapeException("A periodic embedding of " + periods.size()
                    + " coordinates takes tensors with that last axis, but got " + x.type() + ".");
        }
        List<Value> parts = new ArrayList<>();
        for (int coordinate : plain()) {
            parts.add(x.slice(last, coordinate, coordinate + 1));
        }
        Value angles = AffineMap.product(x, waveNumbers(x.dtype()));
        parts.add(angles.apply(Primitive.COS));
        parts.add(angles.apply(Primitive.SIN));
        return Value.concat(last, parts);
    }

    /** The matrix {@code [coordinates, angles]} of 2πk/P. */
    private Value waveNumbers(DType dtype) {
        int columns = harmonics * (periods.size() - plain().size());
        double[] elements = new double[periods.size() * columns];
        int column = 0;
        for (int i = 0; i < periods.size(); i++) {
            for (int k = 1; k <= harmonics && periods.get(i) > 0; k++) {
                elements[i * columns + column] = 2 * Math.PI * k / periods.get(i);
                column++;
            }
        }
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(periods.size(), columns)), elements));
    }
}
