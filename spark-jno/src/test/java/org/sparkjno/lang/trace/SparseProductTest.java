// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.random.RandomStream;

class SparseProductTest {
    private static final double[][] DENSE = {{1, 0, 2}, {0, 0, 0}, {-1, 3, 0.5}, {0, 4, 0}};

    private static double[] random(int count, String name) {
        RandomStream stream = RandomStream.named(1, name);
        double[] values = new double[count];
        Arrays.setAll(values, stream::gaussian);
        return values;
    }

    private static double[] run(Graph graph, List<double[]> inputs) {
        try (ReferenceDevice device = new ReferenceDevice()) {
            List<Buffer> buffers = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                TensorType type = graph.inputs().get(i).type();
                Buffer buffer = device.allocate(type);
                buffer.write(Literal.of(type, inputs.get(i)));
                buffers.add(buffer);
            }
            Buffer output = device.allocate(graph.outputs().get(0).type());
            device.compile(graph).bind(buffers, List.of(output)).run();
            return output.read().toArray();
        }
    }

    @Test
    void productsAndTheirTransposesAreThoseOfTheDenseMatrix() {
        SparseProduct product = new SparseProduct(CsrMatrix.ofDense(DENSE));
        Value x = Value.input("x", new TensorType(DType.F64, Shape.of(2, 3, 5)));
        Value seed = Value.input("seed", new TensorType(DType.F64, Shape.of(2, 4, 5)));
        Value y = product.along(x, 1);
        assertThat(y.shape()).isEqualTo(seed.shape());
        Value dense = Value.constant(
                        Literal.of(new TensorType(DType.F64, Shape.of(4, 3)), 1, 0, 2, 0, 0, 0, -1, 3, 0.5, 0, 4, 0))
                .contract("ij,bjk->bik", x);
        List<double[]> numbers = List.of(random(30, "x"), random(40, "seed"));
        near(
                run(Graph.of(List.of(x, seed), List.of(y)), numbers),
                run(Graph.of(List.of(x, seed), List.of(dense)), numbers));
        Value squares = y.times(y).times(seed).sum();
        Value same = dense.times(dense).times(seed).sum();
        Value slope = Derivatives.gradient(squares, List.of(x)).get(0);
        Value expected = Derivatives.gradient(same, List.of(x)).get(0);
        near(
                run(Graph.of(List.of(x, seed), List.of(slope)), numbers),
                run(Graph.of(List.of(x, seed), List.of(expected)), numbers));
        Value curvature =
                Derivatives.gradient(slope.times(slope).sum(), List.of(x)).get(0);
        Value expectedCurvature =
                Derivatives.gradient(expected.times(expected).sum(), List.of(x)).get(0);
        near(
                run(Graph.of(List.of(x, seed), List.of(curvature)), numbers),
                run(Graph.of(List.of(x, seed), List.of(expectedCurvature)), numbers));
    }

    private static void near(double[] a, double[] b) {
        assertThat(a).containsExactly(b, within(1e-12));
    }
}
