// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.scalar.Primitive;

/** The type rule of every operation, and its one sentence of refusal. */
class OpTest {
    private static final TensorType MATRIX = TensorType.f32(4, 3);
    private static final TensorType VECTOR = TensorType.f32(3);
    private static final TensorType TRUTH = new TensorType(DType.BOOL, Shape.of(3));
    private static final TensorType HALVES = new TensorType(DType.BF16, Shape.of(3));
    private static final TensorType COUNTS = new TensorType(DType.I32, Shape.of(3));

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of(new Op.Input("x", VECTOR), List.of(), "f32[3]"),
                Arguments.of(new Op.Constant(Literal.of(VECTOR, 1, 2, 3)), List.of(), "f32[3]"),
                Arguments.of(new Op.Elementwise(Primitive.ADD), List.of(COUNTS, COUNTS), "i32[3]"),
                Arguments.of(new Op.Elementwise(Primitive.LT), List.of(VECTOR, VECTOR), "bool[3]"),
                Arguments.of(new Op.Elementwise(Primitive.EQ), List.of(TRUTH, TRUTH), "bool[3]"),
                Arguments.of(new Op.Elementwise(Primitive.NOT), List.of(TRUTH), "bool[3]"),
                Arguments.of(new Op.Elementwise(Primitive.SELECT), List.of(TRUTH, COUNTS, COUNTS), "i32[3]"),
                Arguments.of(new Op.Cast(DType.I64), List.of(MATRIX), "i64[4,3]"),
                Arguments.of(new Op.Broadcast(Shape.of(4, 3), List.of(1)), List.of(VECTOR), "f32[4,3]"),
                Arguments.of(new Op.Reshape(Shape.of(2, 1, 6)), List.of(MATRIX), "f32[2,1,6]"),
                Arguments.of(new Op.Transpose(List.of(1, 0)), List.of(MATRIX), "f32[3,4]"),
                Arguments.of(new Op.Slice(List.of(1, 0), List.of(4, 3), List.of(2, 3)), List.of(MATRIX), "f32[2,1]"),
                Arguments.of(new Op.Slice(List.of(2), List.of(2), List.of(1)), List.of(VECTOR), "f32[0]"),
                Arguments.of(new Op.Pad(List.of(1), List.of(2), List.of(3)), List.of(VECTOR), "f32[12]"),
                Arguments.of(new Op.Pad(List.of(1), List.of(2), List.of(3)), List.of(TensorType.f32(0)), "f32[3]"),
                Arguments.of(new Op.Concat(0), List.of(MATRIX, TensorType.f32(1, 3)), "f32[5,3]"),
                Arguments.of(new Op.Reduce(Reduction.MAX, List.of(0)), List.of(MATRIX), "f32[3]"),
                Arguments.of(new Op.Reduce(Reduction.SUM, List.of(0, 1)), List.of(MATRIX), "f32[]"),
                Arguments.of(
                        Op.Contract.of("bik,kj->jbi"),
                        List.of(TensorType.f64(2, 3, 4), TensorType.f64(4, 5)),
                        "f64[5,2,3]"),
                Arguments.of(Op.Contract.of("i,i->"), List.of(VECTOR, VECTOR), "f32[]"),
                Arguments.of(new Op.Elementwise(Primitive.SELECT), List.of(TRUTH, HALVES, HALVES), "bf16[3]"),
                Arguments.of(new IndexedOp.Iota(MATRIX, 1), List.of(), "f32[4,3]"),
                Arguments.of(new IndexedOp.Gather(), List.of(MATRIX, COUNTS.with(Shape.of(2, 5))), "f32[2,5,3]"),
                Arguments.of(new IndexedOp.Gather(), List.of(TRUTH, COUNTS.with(Shape.SCALAR)), "bool[]"),
                Arguments.of(new IndexedOp.ScatterAdd(7), List.of(MATRIX, COUNTS.with(Shape.of(4))), "f32[7,3]"),
                Arguments.of(new IndexedOp.ArgSort(1, true), List.of(MATRIX), "i32[4,3]"),
                Arguments.of(new WindowedOp.Reverse(List.of(0, 1)), List.of(MATRIX), "f32[4,3]"),
                Arguments.of(new WindowedOp.Window(0, 2, 1, 2), List.of(MATRIX), "f32[2,2,3]"),
                Arguments.of(new WindowedOp.Window(0, 5, 1, 1), List.of(MATRIX), "f32[0,5,3]"),
                Arguments.of(new WindowedOp.OverlapAdd(0, 7, 1, 2), List.of(TensorType.f32(3, 3, 2)), "f32[7,2]"),
                Arguments.of(new WindowedOp.CumulativeSum(1, false), List.of(MATRIX), "f32[4,3]"),
                Arguments.of(new CollectiveOp.AllReduce(Reduction.SUM), List.of(MATRIX), "f32[4,3]"),
                Arguments.of(new CollectiveOp.AllGather(3), List.of(MATRIX), "f32[12,3]"),
                Arguments.of(new CollectiveOp.ReduceScatter(2), List.of(MATRIX), "f32[2,3]"),
                Arguments.of(new RandomBits(Shape.of(2, 3)), List.of(COUNTS.with(Shape.of(4))), "i32[2,3]"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void infersTheType(Op op, List<TensorType> operands, String type) {
        assertThat(op.infer(operands)).hasToString(type);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        new CollectiveOp.AllReduce(Reduction.SUM),
                        List.of(HALVES),
                        "all_reduce_sum works on f32 or f64, but got bf16[3]; cast it first."),
                Arguments.of(
                        new CollectiveOp.AllReduce(Reduction.MIN),
                        List.of(VECTOR),
                        "all_reduce takes sums and largest elements; negate before and after for the smallest ones."),
                Arguments.of(
                        new CollectiveOp.AllGather(2),
                        List.of(TensorType.f32()),
                        "all_gather over 2 ranks needs at least one rank and one axis, but got f32[]."),
                Arguments.of(
                        new CollectiveOp.ReduceScatter(3),
                        List.of(MATRIX),
                        "reduce_scatter over 3 ranks needs a first axis that they can share equally, but got f32[4,3]."),
                Arguments.of(
                        new Op.Elementwise(Primitive.ADD),
                        List.of(MATRIX, VECTOR),
                        "add needs operands of one shape, but got [f32[4,3], f32[3]]; broadcast one of them explicitly."),
                Arguments.of(
                        new Op.Elementwise(Primitive.MUL),
                        List.of(VECTOR, COUNTS),
                        "mul needs operands of one element type, but got [f32[3], i32[3]]; cast one of them."),
                Arguments.of(new Op.Elementwise(Primitive.ADD), List.of(VECTOR), "add takes 2 operands, but got 1."),
                Arguments.of(
                        new Op.Elementwise(Primitive.EXP),
                        List.of(COUNTS),
                        "exp works on f32 or f64, but got [i32[3]]; cast it first."),
                Arguments.of(
                        new Op.Elementwise(Primitive.ADD),
                        List.of(TRUTH, TRUTH),
                        "add works on numbers, but got [bool[3], bool[3]]; cast the bool first."),
                Arguments.of(
                        new Op.Elementwise(Primitive.SELECT),
                        List.of(VECTOR, VECTOR, VECTOR),
                        "select needs a bool operand, but got f32[3]."),
                Arguments.of(
                        new Op.Elementwise(Primitive.AND),
                        List.of(TRUTH, VECTOR),
                        "and needs a bool operand, but got f32[3]."),
                Arguments.of(
                        new Op.Broadcast(Shape.of(4, 3), List.of(0)),
                        List.of(VECTOR),
                        "broadcast cannot put f32[3] on axes [0] of [4,3]; each axis of the operand needs its own axis"
                                + " of equal extent, in order."),
                Arguments.of(
                        new Op.Reshape(Shape.of(5)),
                        List.of(MATRIX),
                        "reshape keeps the number of elements, but f32[4,3] has 12 and [5] has 5."),
                Arguments.of(
                        new Op.Transpose(List.of(0, 0)),
                        List.of(MATRIX),
                        "transpose needs each axis of f32[4,3] once, but got [0, 0]."),
                Arguments.of(
                        new Op.Slice(List.of(0), List.of(4), List.of(1)),
                        List.of(VECTOR),
                        "slice from [0] to [4] by [1] does not lie within f32[3]."),
                Arguments.of(
                        new Op.Slice(List.of(0), List.of(3), List.of(0)),
                        List.of(VECTOR),
                        "slice from [0] to [3] by [0] does not lie within f32[3]."),
                Arguments.of(
                        new Op.Pad(List.of(-1), List.of(0), List.of(0)),
                        List.of(VECTOR),
                        "pad needs one non-negative width per axis of f32[3], but got low [-1], high [0], interior"
                                + " [0]."),
                Arguments.of(new Op.Concat(0), List.of(), "concat needs at least one operand."),
                Arguments.of(new Op.Concat(2), List.of(MATRIX), "concat along axis 2 does not exist in f32[4,3]."),
                Arguments.of(
                        new Op.Concat(0),
                        List.of(MATRIX, TensorType.f32(4, 2)),
                        "concat along axis 0 needs equal other extents, but got [f32[4,3], f32[4,2]]."),
                Arguments.of(
                        new Op.Reduce(Reduction.MIN, List.of(1, 0)),
                        List.of(MATRIX),
                        "reduce_min needs increasing axes of f32[4,3], but got [1, 0]."),
                Arguments.of(
                        Op.Contract.of("ik,kj->ij"),
                        List.of(MATRIX, MATRIX),
                        "contract ik,kj->ij binds label 'k' to both 3 and 4."),
                Arguments.of(
                        Op.Contract.of("ik,k->k"),
                        List.of(MATRIX, VECTOR),
                        "contract ik,k->k drops label 'i' of one operand; sum over it first."),
                Arguments.of(
                        Op.Contract.of("ii,i->i"),
                        List.of(MATRIX, VECTOR),
                        "contract ii,i->i needs one distinct label per axis of f32[4,3], but got 'ii'."),
                Arguments.of(
                        Op.Contract.of("i,i->j"),
                        List.of(VECTOR, VECTOR),
                        "contract i,i->j has a stray or repeated label 'j' in its result."),
                Arguments.of(
                        Op.Contract.of("i,i->i"),
                        List.of(COUNTS, COUNTS),
                        "contract multiplies floating-point tensors, but got [i32[3], i32[3]]."),
                Arguments.of(
                        new Op.Elementwise(Primitive.ADD),
                        List.of(HALVES, HALVES),
                        "add does not compute on bf16[3]; cast it to f32."),
                Arguments.of(
                        new Op.Elementwise(Primitive.LT),
                        List.of(HALVES, HALVES),
                        "lt does not compute on bf16[3]; cast it to f32."),
                Arguments.of(
                        new Op.Reduce(Reduction.MAX, List.of(0)),
                        List.of(HALVES),
                        "reduce_max does not compute on bf16[3]; cast it to f32."),
                Arguments.of(
                        Op.Contract.of("i,i->"),
                        List.of(HALVES, HALVES),
                        "contract does not compute on bf16[3]; cast it to f32."),
                Arguments.of(
                        new IndexedOp.Iota(TRUTH, 0),
                        List.of(),
                        "iota works on numbers, but got bool[3]; cast the bool first."),
                Arguments.of(new IndexedOp.Iota(VECTOR, 1), List.of(), "iota along axis 1 does not exist in f32[3]."),
                Arguments.of(
                        new IndexedOp.Gather(),
                        List.of(MATRIX, VECTOR),
                        "gather needs i32 or i64 indices, but got f32[3]; cast them."),
                Arguments.of(
                        new IndexedOp.Gather(),
                        List.of(TensorType.f32(), COUNTS),
                        "gather takes rows along the first axis, but f32[] has none."),
                Arguments.of(
                        new IndexedOp.ScatterAdd(7),
                        List.of(MATRIX, COUNTS),
                        "scatter_add to 7 rows needs one index per row of updates, but got [f32[4,3], i32[3]]."),
                Arguments.of(
                        new IndexedOp.ScatterAdd(-1),
                        List.of(VECTOR, COUNTS),
                        "scatter_add to -1 rows needs one index per row of updates, but got [f32[3], i32[3]]."),
                Arguments.of(
                        new IndexedOp.ScatterAdd(2),
                        List.of(HALVES, COUNTS),
                        "scatter_add does not compute on bf16[3]; cast it to f32."),
                Arguments.of(
                        new IndexedOp.ArgSort(0, false),
                        List.of(TRUTH),
                        "argsort works on numbers, but got bool[3]; cast the bool first."),
                Arguments.of(
                        new WindowedOp.Reverse(List.of(1, 0)),
                        List.of(MATRIX),
                        "reverse needs increasing axes of f32[4,3], but got [1, 0]."),
                Arguments.of(
                        new WindowedOp.Window(2, 1, 1, 1),
                        List.of(MATRIX),
                        "window along axis 2 does not exist in f32[4,3]."),
                Arguments.of(
                        new WindowedOp.Window(0, 2, 0, 1),
                        List.of(MATRIX),
                        "window needs a positive size, stride and dilation, but got 2, 0 and 1 for f32[4,3]."),
                Arguments.of(
                        new WindowedOp.OverlapAdd(0, 8, 1, 2),
                        List.of(TensorType.f32(3, 3, 2)),
                        "overlap_add to length 8 with stride 1 and dilation 2 along axis 0 does not take the windows"
                                + " f32[3,3,2]."),
                Arguments.of(
                        new WindowedOp.CumulativeSum(0, true),
                        List.of(HALVES),
                        "cumulative_sum does not compute on bf16[3]; cast it to f32."),
                Arguments.of(
                        new RandomBits(Shape.of(5)),
                        List.of(COUNTS),
                        "random_bits takes key and counter as i32[4], but got i32[3]."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInOneSentence(Op op, List<TensorType> operands, String message) {
        assertThatThrownBy(() -> op.infer(operands))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(Primitive.class)
    void everyPrimitiveChecksItsArity(Primitive primitive) {
        List<TensorType> tooMany = IntStream.rangeClosed(0, primitive.arity())
                .mapToObj(i -> VECTOR)
                .toList();
        assertThatThrownBy(() -> new Op.Elementwise(primitive).infer(tooMany))
                .isInstanceOf(ShapeException.class)
                .hasMessage("%s takes %d operands, but got %d."
                        .formatted(primitive.text(), primitive.arity(), primitive.arity() + 1));
    }

    @Test
    void graphsAreClosed() {
        Value x = Value.input("x", VECTOR);
        Value y = Value.input("y", VECTOR);
        assertThatThrownBy(() -> Graph.of(List.of(x), List.of(x.plus(y))))
                .hasMessage("The outputs depend on 'y' (f32[3]), which is not among the inputs of the graph.");
        assertThatThrownBy(() -> Graph.of(List.of(x, x), List.of(x)))
                .hasMessage("A graph takes each input once, but got input: f32[3].");
        assertThatThrownBy(() -> Graph.of(List.of(x.negate()), List.of(x)))
                .hasMessage("A graph takes each input once, but got neg: f32[3].");
    }

    @Test
    void valuesKnowTheLineThatBuiltThem() {
        assertThat(Value.input("x", VECTOR).origin().getMethodName()).isEqualTo("valuesKnowTheLineThatBuiltThem");
    }

    @Test
    void literalsNeedEveryElement() {
        assertThatThrownBy(() -> Literal.of(VECTOR, 1, 2))
                .hasMessage("A constant of type f32[3] needs 3 elements, but got 2.");
    }

    @Test
    void literalsOfIntegersAreExact() {
        TensorType wide = new TensorType(DType.I64, Shape.SCALAR);
        assertThat(Literal.of(wide, -0x1p53).get(0)).isEqualTo(-0x1p53);
        assertThatThrownBy(() -> Literal.of(wide, 0x1p60))
                .isInstanceOf(ShapeException.class)
                .hasMessage("A literal of type i64[] does not hold 1.15292150460684698E18; beyond 2^53 read and write"
                        + " buffers of bytes.");
        assertThatThrownBy(() -> Literal.of(COUNTS, 1, 2, Double.NaN))
                .hasMessage("A literal of type i32[3] does not hold NaN.");
        assertThatThrownBy(() -> Value.scalar(DType.I32, 3e9)).hasMessageStartingWith("3.0E9 is no i32");
    }
}
