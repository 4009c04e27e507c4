// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.EveryDevice;
import org.sparkjno.kernels.function.Selection;
import org.sparkjno.kernels.function.TopK;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/** Derivatives of the operations on positions and neighbours: first and second, forward and reverse. */
class FamilyDerivativesTest {
    private static void check(TensorType type, Function<Value, Value> function) {
        Value x = Value.input("x", type);
        double[] numbers = new Random(11).doubles(type.shape().size(), 0.4, 1.6).toArray();
        DerivativeCheck.check(Graph.of(List.of(x), List.of(function.apply(x))), List.of(Literal.of(type, numbers)), 2);
    }

    private static Value indices(Shape shape, double... numbers) {
        return Value.constant(Literal.of(new TensorType(DType.I32, shape), numbers));
    }

    @Test
    void gatherAndScatter() {
        Value at = indices(Shape.of(2, 3), 0, 3, -1, 3, 9, 1);
        check(TensorType.f64(4, 2), x -> x.square().gather(at).square());
        check(TensorType.f64(2, 3, 2), x -> x.square().scatterAdd(at, 4).square());
        check(
                TensorType.f64(1),
                x -> x.square().gather(indices(Shape.SCALAR, 0)).square());
        check(TensorType.f64(0, 2), x -> x.gather(at).square());
        check(TensorType.f64(0, 2), x -> x.scatterAdd(indices(Shape.of(0)), 3).square());
        check(
                TensorType.f64(3),
                x -> x.square().scatterAdd(indices(Shape.of(3), 0, 0, 0), 1).square());
    }

    /** A sorted vector moves with the elements that it holds: the positions are constant between ties. */
    @Test
    void sortingByPositions() {
        check(TensorType.f64(7), x -> x.gather(x.argsort(0)).cumsum(0).square());
        check(TensorType.f64(2, 5, 3), x -> Selection.sort(x, 1).cumsum(1).square());
        check(TensorType.f64(4, 5), x -> TopK.of(x, 2, 1).values().square());
    }

    @Test
    void reversalAndRunningSums() {
        check(TensorType.f64(3, 1, 4), x -> x.square().reverse(0, 2).square());
        check(TensorType.f64(0, 2), x -> x.reverse(0).square());
        check(TensorType.f64(3, 1, 4), x -> x.square().cumsum(0).square());
        check(TensorType.f64(3, 1, 4), x -> x.square().cumsum(1).square());
        check(
                TensorType.f64(3, 4),
                x -> Value.of(new WindowedOp.CumulativeSum(1, true), x.square()).square());
        check(TensorType.f64(2, 0), x -> x.cumsum(1).square());
        check(TensorType.f64(5), x -> x.square().roll(2, 0).square());
    }

    @Test
    void windows() {
        check(TensorType.f64(2, 7, 2), x -> x.square().window(1, 3).square());
        check(TensorType.f64(8), x -> x.square().window(0, 3, 2, 2).square());
        check(TensorType.f64(2), x -> x.window(0, 3).square());
        check(TensorType.f64(1, 1), x -> x.square().window(1, 1).square());
        check(TensorType.f64(2, 3, 3, 2), x -> x.square().overlapAdd(1, 9, 2, 2).square());
        check(TensorType.f64(0, 3), x -> x.square().overlapAdd(0, 2, 1, 1).square());
    }

    @Test
    void convolution() {
        Value w = Value.input("w", TensorType.f64(3, 2, 4));
        Value x = Value.input("x", TensorType.f64(2, 9, 2));
        Value y = x.window(1, 3, 2, 1).contract("bokc,kcf->bof", w);
        double[] numbers = new Random(1).doubles(60, 0.4, 1.6).toArray();
        Literal point = Literal.of(x.type(), Arrays.copyOf(numbers, 36));
        Literal weights = Literal.of(w.type(), Arrays.copyOf(numbers, 24));

        DerivativeCheck.check(Graph.of(List.of(x, w), List.of(y.square())), List.of(point, weights), 3);
        List<Value> gradient = Derivatives.gradient(y.square().sum(), x, w);
        assertThat(EveryDevice.call(Graph.of(List.of(x, w), gradient), point, weights))
                .hasSize(2);
    }

    /** In two dimensions with dilation, on both devices; so is the gradient of the gradient. */
    @Test
    void convolutionOfImages() {
        Value x = Value.input("x", TensorType.f64(2, 7, 6, 3));
        Value w = Value.input("w", TensorType.f64(3, 2, 3, 5));
        Value y = x.window(1, 3, 1, 2).window(3, 2).contract("bokpqc,kqcf->bopf", w);
        List<Value> first = Derivatives.gradient(y.square().sum(), x, w);
        List<Value> second = Derivatives.gradient(first.get(0).square().sum(), x, w);
        List<Value> outputs = new ArrayList<>(first);
        outputs.addAll(second);
        Random random = new Random(9);
        Literal point =
                Literal.of(x.type(), random.doubles(2 * 7 * 6 * 3, -1, 1).toArray());
        Literal weights = Literal.of(w.type(), random.doubles(90, -1, 1).toArray());

        List<Literal> results = EveryDevice.call(Graph.of(List.of(x, w), outputs), point, weights);

        assertThat(results).hasSize(4);
    }

    /** Stored in half the bytes in between, values keep derivatives, which are rounded in the same places. */
    @Test
    void throughStorageTypes() {
        Value x = Value.input("x", TensorType.f32(3, 2));
        Value half = x.cast(DType.BF16);
        Value rows = half.gather(indices(Shape.of(4), 2, 0, 2, 1)).reverse(0);
        Value y = Value.concat(0, List.of(rows, half)).window(0, 2).cast(DType.F32);
        Value gradient = Derivatives.gradient(y.square().sum(), x).get(0);
        Literal point = Literal.of(x.type(), 1, 2, 3, 4, 5, 6);

        // windows of rows 1 2 0 2 0 1 2 hold the first and the last row once, the others twice
        assertThat(EveryDevice.call(Graph.of(List.of(x), List.of(gradient)), point)
                        .get(0)
                        .toArray())
                .containsExactly(8, 16, 18, 24, 50, 60);
    }
}
