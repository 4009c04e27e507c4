// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;
import org.sparkjno.nn.Weights;

/** The formulas and matrix products that are raced. */
final class Formulas {
    /** Work that moves as many bytes as this one is measured by it, too. */
    static final String COPY = "copy";

    private static final int ELEMENTS = 1 << 24;
    private static final double GIGA = 1e-9;

    private Formulas() {}

    /** A copy, and what a fused loop makes of longer formulas; the traffic is that of arguments and results alone. */
    static List<Work> kernels() {
        TensorType large = TensorType.f32(ELEMENTS);
        TensorType batch = TensorType.f32(16384, 64);
        TensorType square = TensorType.f32(1024, 1024);
        TensorType cube = TensorType.f32(128, 128, 128);
        return List.of(
                Formula.of(COPY, tensors(large, "x"), traffic(2, large), in -> List.of(in.get("x"))),
                Formula.of("tanh", tensors(large, "x"), traffic(2, large), in -> List.of(tanh(in.get("x")))),
                Formula.of("columns", tensors(batch, "dy", "t"), traffic(3, batch), Formulas::columns),
                Formula.of("softmax", tensors(square, "x"), traffic(2, square), in -> List.of(softmax(in.get("x")))),
                Formula.of("stencil", tensors(cube, "x"), traffic(2, cube), in -> List.of(stencil(in.get("x")))));
    }

    /** tanh(1.5x + 0.5)·0.75 + sin x. */
    private static Value tanh(Value x) {
        return x.times(1.5).plus(0.5).tanh().times(0.75).plus(x.apply(Primitive.SIN));
    }

    /** The backward pass of tanh and of a bias: dy·(1 − t²) and its column sums. */
    private static List<Value> columns(Weights in) {
        Value dz = in.get("dy").times(in.get("t").square().negate().plus(1));
        return List.of(dz, dz.sum(0));
    }

    /** Of each row. */
    private static Value softmax(Value x) {
        List<Integer> rows = List.of(0);
        Value powers = x.minus(x.max(1).broadcast(x.shape(), rows)).exp();
        return powers.div(powers.sum(1).broadcast(x.shape(), rows));
    }

    /** The 7-point Laplacian in the interior of a cube. */
    private static Value stencil(Value x) {
        int n = x.shape().dim(0);
        Value sum = x.slice(0, 1, n - 1).slice(1, 1, n - 1).slice(2, 1, n - 1).times(-6);
        for (int axis = 0; axis < 3; axis++) {
            for (int shift = -1; shift <= 1; shift += 2) {
                Value neighbour = x;
                for (int other = 0; other < 3; other++) {
                    int from = other == axis ? 1 + shift : 1;
                    neighbour = neighbour.slice(other, from, from + n - 2);
                }
                sum = sum.plus(neighbour);
            }
        }
        return sum;
    }

    private static Map<String, StoredTensor> tensors(TensorType type, String... names) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            tensors.put(name, Numbers.uniform(name, type, -1, 1));
        }
        return tensors;
    }

    private static Amount traffic(int tensors, TensorType type) {
        return new Amount(tensors * type.bytes() * GIGA, "GB/s");
    }

    /** Products of the shapes that occur in perceptrons, in both precisions. */
    static List<Work> products() {
        List<Work> products = new ArrayList<>();
        for (DType precision : List.of(DType.F32, DType.F64)) {
            products.add(product(precision, 256, 256, 256));
            products.add(product(precision, 4096, 128, 128));
            products.add(product(precision, 4096, 64, 64));
        }
        return products;
    }

    private static Work product(DType precision, int rows, int inner, int columns) {
        Map<String, StoredTensor> factors = new LinkedHashMap<>();
        factors.put("a", Numbers.uniform("a", new TensorType(precision, Shape.of(rows, inner)), -1, 1));
        factors.put("b", Numbers.uniform("b", new TensorType(precision, Shape.of(inner, columns)), -1, 1));
        return Formula.of(
                precision.text() + " " + rows + "x" + inner + "x" + columns,
                factors,
                new Amount(2.0 * rows * inner * columns * GIGA, "GFLOP/s"),
                in -> List.of(in.get("a").contract("ik,kj->ij", in.get("b"))));
    }
}
