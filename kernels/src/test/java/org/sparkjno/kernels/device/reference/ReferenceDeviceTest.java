// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Every operation against loops written out by hand. */
class ReferenceDeviceTest {
    private static final double[][] A = random(3, 4);
    private static final double[][] B = random(4, 5);

    private static double[][] random(int rows, int columns) {
        Random random = new Random(rows);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return matrix;
    }

    private static Literal literal(double[][] matrix) {
        return Literal.of(
                TensorType.f64(matrix.length, matrix[0].length),
                Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray());
    }

    private static Value input(double[][] matrix) {
        return Value.input("m", literal(matrix).type());
    }

    /** A function of {@link #A} as rows. */
    private static double[][] rows(Function<Value, Value> function) {
        Value a = input(A);
        Value result = function.apply(a);
        double[] flat = Reference.call(Graph.of(List.of(a), List.of(result)), literal(A))
                .get(0)
                .toArray();
        double[][] rows = new double[result.shape().dim(0)][result.shape().dim(1)];
        for (int i = 0; i < flat.length; i++) {
            rows[i / rows[0].length][i % rows[0].length] = flat[i];
        }
        return rows;
    }

    @Test
    void contraction() {
        double[][] expected = new double[5][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 5; j++) {
                for (int k = 0; k < 4; k++) {
                    expected[j][i] += A[i][k] * B[k][j];
                }
            }
        }
        assertThat(rows(a -> a.contract("ik,kj->ji", Value.constant(literal(B)))))
                .isDeepEqualTo(expected);
    }

    @Test
    void outerProduct() {
        Value x = Value.input("x", TensorType.f64(2));
        Graph graph = Graph.of(List.of(x), List.of(x.contract("i,j->ji", x)));
        assertThat(Reference.call(graph, Literal.of(x.type(), 2, 3)).get(0).toArray())
                .containsExactly(4, 6, 6, 9);
    }

    @Test
    void moves() {
        double[][] transposed = new double[4][3];
        double[][] sliced = new double[2][2];
        double[][] padded = new double[1 + 3 + 2 * 2][4 + 3];
        double[][] joined = new double[3][8];
        double[][] repeated = new double[2][4];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                transposed[j][i] = A[i][j];
                padded[1 + 3 * i][j + 2] = A[i][j];
                joined[i][j] = A[i][j];
                joined[i][j + 4] = -A[i][j];
            }
        }
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                sliced[i][j] = A[i + 1][1 + 2 * j];
            }
            repeated[i] = A[1];
        }
        assertThat(rows(a -> a.transpose(1, 0))).isDeepEqualTo(transposed);
        assertThat(rows(a -> Value.of(new Op.Slice(List.of(1, 1), List.of(3, 4), List.of(1, 2)), a)))
                .isDeepEqualTo(sliced);
        assertThat(rows(a -> Value.of(new Op.Pad(List.of(1, 2), List.of(0, 1), List.of(2, 0)), a)))
                .isDeepEqualTo(padded);
        assertThat(rows(a -> Value.concat(1, List.of(a, a.negate())))).isDeepEqualTo(joined);
        assertThat(rows(a -> a.slice(0, 1, 2).reshape(4).broadcast(Shape.of(2, 4), List.of(1))))
                .isDeepEqualTo(repeated);
        assertThat(rows(a -> a.reshape(2, 6))[1][0]).isEqualTo(A[1][2]);
    }

    @Test
    void reductions() {
        double[] sums = new double[4];
        double[] largest = new double[3];
        double[] smallest = new double[3];
        for (int i = 0; i < 3; i++) {
            largest[i] = Arrays.stream(A[i]).max().orElseThrow();
            smallest[i] = Arrays.stream(A[i]).min().orElseThrow();
            for (int j = 0; j < 4; j++) {
                sums[j] += A[i][j];
            }
        }
        assertThat(rows(a -> a.sum(0).reshape(1, 4))[0]).containsExactly(sums);
        assertThat(rows(a -> a.max(1).reshape(1, 3))[0]).containsExactly(largest);
        assertThat(rows(a -> a.reduce(Reduction.MIN, 1).reshape(1, 3))[0]).containsExactly(smallest);
    }

    @Test
    void reductionsOfNothingGiveTheIdentity() {
        Value x = Value.input("x", TensorType.f32(2, 0));
        Graph graph = Graph.of(List.of(x), List.of(x.sum(1), x.max(1), x.reduce(Reduction.MIN, 1)));
        List<Literal> results = Reference.call(graph, Literal.of(x.type()));
        assertThat(results.get(0).toArray()).containsOnly(0);
        assertThat(results.get(1).toArray()).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(results.get(2).toArray()).containsOnly(Double.POSITIVE_INFINITY);
    }

    @Test
    void everyResultIsRoundedToItsType() {
        Value x = Value.input("x", TensorType.f32(1));
        Value third = x.div(3);
        Graph graph = Graph.of(
                List.of(x), List.of(third, third.cast(DType.F64), x.times(2.75).cast(DType.I32)));
        List<Literal> results = Reference.call(graph, Literal.of(x.type(), 1));
        assertThat(results)
                .extracting(result -> result.get(0))
                .containsExactly((double) (1f / 3), (double) (1f / 3), 2.0);
    }

    /** Both outputs are computed before either overwrites its input: a swap works. */
    @Test
    void outputsOverwriteInputsLast() {
        Value x = Value.input("x", TensorType.f64(2));
        Value y = Value.input("y", TensorType.f64(2));
        try (ReferenceDevice device = new ReferenceDevice();
                Buffer first = device.allocate(x.type());
                Buffer second = device.allocate(y.type())) {
            first.write(Literal.of(x.type(), 1, 2));
            second.write(Literal.of(y.type(), 3, 4));
            InPlace swap = new InPlace(Map.of(0, 0, 1, 1));
            List<Buffer> buffers = List.of(first, second);
            device.compile(Graph.of(List.of(x, y), List.of(y, x)), swap)
                    .bind(buffers, buffers)
                    .run();
            assertThat(first.read().toArray()).containsExactly(3, 4);
            assertThat(second.read().toArray()).containsExactly(1, 2);
        }
    }

    @Test
    void refusesWholeNumbersThatItWouldRound() {
        TensorType type = new TensorType(DType.I64, Shape.of(1));
        try (ReferenceDevice device = new ReferenceDevice();
                Buffer buffer = device.allocate(type)) {
            buffer.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(1L << 60)
                    .flip());

            assertThatThrownBy(buffer::read).isInstanceOf(ShapeException.class).hasMessageContaining("2^53");
        }
    }

    @Test
    void refusesBuffersThatDoNotFit() {
        Value x = Value.input("x", TensorType.f64(2));
        Graph graph = Graph.of(List.of(x), List.of(x.negate()));
        try (ReferenceDevice device = new ReferenceDevice();
                Buffer fits = device.allocate(x.type());
                Buffer other = device.allocate(TensorType.f32(2))) {
            assertThatThrownBy(() -> device.compile(graph).bind(List.of(), List.of(fits)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The graph has 1 inputs, but got 0 buffers.");
            assertThatThrownBy(() -> device.compile(graph).bind(List.of(fits), List.of(other)))
                    .hasMessage("The buffer of output 0 needs type f64[2], but is f32[2].");
            assertThatThrownBy(() -> device.compile(graph, new InPlace(Map.of(0, 0)))
                            .bind(List.of(fits), List.of(device.allocate(x.type()))))
                    .hasMessage("Output 0 is computed in place of input 0 and needs the same buffer.");
            assertThatThrownBy(() -> fits.write(ByteBuffer.allocate(3)))
                    .hasMessage("A buffer of type f64[2] takes 16 bytes, but got 3.");
        }
    }
}
