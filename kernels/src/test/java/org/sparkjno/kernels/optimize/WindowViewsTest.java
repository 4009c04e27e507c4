// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Reversals and windows cost nothing, and neither does what undoes itself. */
class WindowViewsTest {
    private final Value x = Value.input("x", TensorType.f32(4, 30, 8));

    private static List<Kernel> kernels(Value result, Value... inputs) {
        return Schedule.of(Graph.of(List.of(inputs), List.of(result)), Map.of()).kernels();
    }

    @Test
    void aConvolutionIsOneContraction() {
        Value w = Value.input("w", TensorType.f32(3, 8, 16));

        List<Kernel> kernels = kernels(x.window(1, 3, 2, 2).contract("bokc,kcf->bof", w), x, w);

        assertThat(kernels).singleElement().isInstanceOf(Kernel.Contraction.class);
    }

    /** Padding, one copy of the weights and one contraction: windows that overlap take no memory. */
    @Test
    void theGradientOfAConvolutionIsOneContraction() {
        Value image = Value.input("x", TensorType.f32(2, 9, 12, 4));
        Value w = Value.input("w", TensorType.f32(3, 2, 4, 5));
        Value y = image.window(1, 3, 1, 2).window(3, 2).contract("bokpqc,kqcf->bopf", w);
        Value cotangent = Value.input("v", y.type());
        Value gradient =
                Derivatives.vjp(List.of(y), List.of(image), List.of(cotangent)).get(0);

        List<Kernel> kernels = kernels(gradient, cotangent, w);

        assertThat(kernels).hasSizeLessThanOrEqualTo(4).noneMatch(Kernel.Dedicated.class::isInstance);
        assertThat(kernels).filteredOn(Kernel.Contraction.class::isInstance).hasSize(1);
    }

    @Test
    void windowsAndReversalsJoinTheLoopThatReadsThem() {
        List<Kernel> kernels = kernels(x.reverse(0, 2).window(1, 3).max(2).exp(), x);

        assertThat(kernels).hasSizeLessThanOrEqualTo(2).allMatch(Kernel.Loop.class::isInstance);
        assertThat(kernels.get(0).reads()).singleElement().satisfies(access -> {
            assertThat(access.base()).isSameAs(x);
            assertThat(access.strides()).contains(-1L);
        });
    }

    @Test
    void iotaIsAConstantThatJoinsLoops() {
        Value at = Value.iota(x.type(), 1);

        assertThat(kernels(x.times(at), x)).singleElement().isInstanceOf(Kernel.Loop.class);
    }

    @Test
    void whatUndoesItselfVanishes() {
        Value column = Value.input("c", TensorType.f32(5, 1));
        Graph graph = Graph.of(
                List.of(x, column),
                List.of(
                        x.reverse(0, 1).reverse(1).reverse(0),
                        x.reverse(0, 1).reverse(1),
                        column.reverse(1),
                        column.cumsum(1),
                        x.window(2, 1),
                        x.expandDims(1).overlapAdd(0, 4, 1, 1)));

        List<Value> simple = Simplifier.simplify(graph).outputs();

        assertThat(simple.get(0)).isSameAs(x);
        assertThat(simple.get(1).op()).isEqualTo(x.reverse(0).op());
        assertThat(simple.get(1).operands()).containsExactly(x);
        assertThat(simple.subList(2, 4)).containsOnly(column);
        assertThat(simple.get(4))
                .extracting(Value::op)
                .isEqualTo(x.reshape(4, 30, 8, 1).op());
        assertThat(simple.get(5)).isSameAs(x);
    }

    /** Patches, and the gradients of pooling, are the data in another order. */
    @Test
    void windowsThatTouchAreJoined() {
        Value patches = x.window(1, 7, 7, 1).exp();
        Graph graph = Graph.of(
                List.of(x), List.of(patches.slice(1, 0, 3).overlapAdd(1, 21, 7, 1), patches.overlapAdd(1, 30, 7, 1)));

        List<Value> simple = Simplifier.simplify(graph).outputs();

        assertThat(simple.get(0).op()).isEqualTo(new Op.Reshape(Shape.of(4, 21, 8)));
        assertThat(simple.get(1).op()).isInstanceOf(Op.Pad.class);
    }

    @Test
    void productsThatNoLiteralHoldsAreLeftToTheDevice() {
        Value large = Value.scalar(DType.I64, 0x1p40);
        Graph graph = Graph.of(List.of(), List.of(large.times(large), large.times(2)));

        List<Value> simple = Simplifier.simplify(graph).outputs();

        assertThat(simple.get(0).op()).isEqualTo(graph.outputs().get(0).op());
        assertThat(simple.get(1).op()).isEqualTo(Value.scalar(DType.I64, 0x1p41).op());
    }

    @Test
    void rowsInTheirOwnOrderAreTheRows() {
        TensorType counts = new TensorType(DType.I32, Shape.of(4));
        Value inOrder = Value.iota(counts, 0);
        Value fewer = Value.iota(new TensorType(DType.I32, Shape.of(3)), 0);

        Graph simple = Simplifier.simplify(
                Graph.of(List.of(x), List.of(x.gather(inOrder), x.gather(fewer), x.scatterAdd(inOrder, 4))));

        assertThat(simple.outputs().get(0)).isSameAs(x);
        assertThat(simple.outputs().get(1).op()).isEqualTo(new IndexedOp.Gather());
        assertThat(simple.outputs().get(2)).isSameAs(x);
    }
}
