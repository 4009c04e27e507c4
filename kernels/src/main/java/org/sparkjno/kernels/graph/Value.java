// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * One tensor in a traced computation: an operation applied to other values. Immutable; a computation is the values that
 * its results reach, so composing values is tracing.
 *
 * <p>Binary operations take operands of one shape, or a scalar (rank 0) beside any shape; other broadcasts are written
 * out ({@link #broadcastTo}, {@link #broadcast}), so that nothing is repeated by accident. All throw
 * {@link ShapeException} when operands do not fit.
 */
public final class Value {
    private final Op op;
    private final List<Value> operands;
    private final TensorType type;
    private final StackTraceElement origin;

    private Value(Op op, List<Value> operands, TensorType type, StackTraceElement origin) {
        this.op = op;
        this.operands = operands;
        this.type = type;
        this.origin = origin;
    }

    /** An operation applied to operands. */
    public static Value of(Op op, List<Value> operands) {
        return new Value(op, List.copyOf(operands), op.infer(types(operands)), Origin.capture());
    }

    /** An operation applied to operands in place of this value, as built where the user's code built this one. */
    public Value instead(Op other, List<Value> newOperands) {
        return new Value(other, List.copyOf(newOperands), other.infer(types(newOperands)), origin);
    }

    /** The same operation on other operands; this value where they are its own. */
    public Value over(List<Value> newOperands) {
        return hasOperands(newOperands) ? this : instead(op, newOperands);
    }

    /** Whether these very values are the operands. */
    public boolean hasOperands(List<Value> values) {
        boolean same = values.size() == operands.size();
        for (int i = 0; same && i < values.size(); i++) {
            same = values.get(i) == operands.get(i);
        }
        return same;
    }

    static List<TensorType> types(List<Value> values) {
        List<TensorType> types = new ArrayList<>(values.size());
        for (Value value : values) {
            types.add(value.type);
        }
        return types;
    }

    /** An operation applied to operands. */
    public static Value of(Op op, Value... operands) {
        return of(op, Arrays.asList(operands));
    }

    /** A fresh argument of a graph. */
    public static Value input(String name, TensorType type) {
        return of(new Op.Input(name, type));
    }

    /** Numbers known now. */
    public static Value constant(Literal literal) {
        return of(new Op.Constant(literal));
    }

    /**
     * A scalar known now.
     *
     * @throws ShapeException when {@code value} is not a number of an integer or bool type
     */
    public static Value scalar(DType dtype, double value) {
        if (!dtype.isFloating() && !(dtype.holds(value) && dtype.round(value) == value)) {
            throw new ShapeException(
                    value + " is no " + dtype.text() + "; cast the other operand to f32 or f64 first.");
        }
        return constant(Literal.scalar(dtype, value));
    }

    /** A tensor filled with one number. */
    public static Value full(TensorType type, double value) {
        return scalar(type.dtype(), value).broadcastTo(type.shape());
    }

    /** Values one after another along an axis. */
    public static Value concat(int axis, List<Value> parts) {
        return of(new Op.Concat(axis), parts);
    }

    /** Values of one shape side by side along a new axis. */
    public static Value stack(int axis, List<Value> parts) {
        return concat(axis, parts.stream().map(part -> part.expandDims(axis)).toList());
    }

    /** The numbers 0, 1, 2, … along an axis of a tensor of integers or floating-point numbers. */
    public static Value iota(TensorType type, int axis) {
        return of(new IndexedOp.Iota(type, axis));
    }

    /**
     * Random bits as i32.
     *
     * @param state the i32[4] of key and counter, see {@link RandomBits}
     */
    public static Value randomBits(Value state, Shape shape) {
        return of(new RandomBits(shape), state);
    }

    public Op op() {
        return op;
    }

    public List<Value> operands() {
        return operands;
    }

    public TensorType type() {
        return type;
    }

    public Shape shape() {
        return type.shape();
    }

    public DType dtype() {
        return type.dtype();
    }

    /** Where the user's code built this value, or null when only the library did. */
    public StackTraceElement origin() {
        return origin;
    }

    public Value plus(Value other) {
        return binary(Primitive.ADD, other);
    }

    public Value plus(double other) {
        return plus(scalar(dtype(), other));
    }

    public Value minus(Value other) {
        return binary(Primitive.SUB, other);
    }

    public Value minus(double other) {
        return minus(scalar(dtype(), other));
    }

    public Value times(Value other) {
        return binary(Primitive.MUL, other);
    }

    public Value times(double other) {
        return times(scalar(dtype(), other));
    }

    public Value div(Value other) {
        return binary(Primitive.DIV, other);
    }

    public Value div(double other) {
        return div(scalar(dtype(), other));
    }

    public Value negate() {
        return apply(Primitive.NEG);
    }

    public Value square() {
        return times(this);
    }

    public Value sqrt() {
        return apply(Primitive.SQRT);
    }

    public Value exp() {
        return apply(Primitive.EXP);
    }

    public Value tanh() {
        return apply(Primitive.TANH);
    }

    public Value erf() {
        return apply(Primitive.ERF);
    }

    /** A primitive applied element by element to this value and {@code others} of the same shape. */
    public Value apply(Primitive primitive, Value... others) {
        List<Value> all = new ArrayList<>(List.of(this));
        Collections.addAll(all, others);
        return of(new Op.Elementwise(primitive), all);
    }

    private Value binary(Primitive primitive, Value other) {
        if (shape().rank() == 0 && other.shape().rank() > 0) {
            return broadcastTo(other.shape()).apply(primitive, other);
        }
        if (other.shape().rank() == 0 && shape().rank() > 0) {
            return apply(primitive, other.broadcastTo(shape()));
        }
        return apply(primitive, other);
    }

    /** Conversion to another element type. */
    public Value cast(DType to) {
        return to == dtype() ? this : of(new Op.Cast(to), this);
    }

    /** Repetition along new leading axes: the axes of this value become the last axes of {@code shape}. */
    public Value broadcastTo(Shape shape) {
        int lead = shape.rank() - shape().rank();
        return broadcast(shape, IntStream.range(lead, shape.rank()).boxed().toList());
    }

    /** Repetition along new axes: axis {@code i} of this value becomes axis {@code axes[i]} of the result. */
    public Value broadcast(Shape shape, List<Integer> axes) {
        Op.Broadcast broadcast = new Op.Broadcast(shape, axes);
        TensorType repeated = broadcast.infer(List.of(type));
        return repeated.equals(type) ? this : of(broadcast, this);
    }

    /** The same elements in row-major order under another shape. */
    public Value reshape(Shape shape) {
        return shape.equals(shape()) ? this : of(new Op.Reshape(shape), this);
    }

    /** The same elements in row-major order under another shape. */
    public Value reshape(int... dims) {
        return reshape(Shape.of(dims));
    }

    /** A permutation of axes: axis {@code i} of the result is axis {@code permutation[i]} of this value. */
    public Value transpose(int... permutation) {
        return of(new Op.Transpose(Arrays.stream(permutation).boxed().toList()), this);
    }

    /** The elements with index {@code from ≤ i < to} along one axis. */
    public Value slice(int axis, int from, int to) {
        List<Integer> start = new ArrayList<>(Collections.nCopies(shape().rank(), 0));
        List<Integer> limit = new ArrayList<>(shape().dims());
        int positive = existing(axis);
        start.set(positive, from);
        limit.set(positive, to);
        return of(new Op.Slice(start, limit, Collections.nCopies(shape().rank(), 1)), this);
    }

    /** Zeros before and after the elements along one axis. */
    public Value pad(int axis, int low, int high) {
        List<Integer> lows = new ArrayList<>(Collections.nCopies(shape().rank(), 0));
        List<Integer> highs = new ArrayList<>(lows);
        int positive = existing(axis);
        lows.set(positive, low);
        highs.set(positive, high);
        return of(new Op.Pad(lows, highs, Collections.nCopies(shape().rank(), 0)), this);
    }

    /** The same elements with one more axis, of extent one, at a position. */
    public Value expandDims(int axis) {
        List<Integer> dims = new ArrayList<>(shape().dims());
        dims.add(axis < 0 ? axis + dims.size() + 1 : axis, 1);
        return reshape(new Shape(dims));
    }

    /** The same elements without an axis of extent one. */
    public Value squeeze(int axis) {
        List<Integer> dims = new ArrayList<>(shape().dims());
        dims.remove(existing(axis));
        return reshape(new Shape(dims));
    }

    /** The elements in opposite order along some axes; negative axes count from the last one. */
    public Value reverse(int... axes) {
        return of(new WindowedOp.Reverse(positive(axes)), this);
    }

    /** The elements moved by {@code shift} along an axis, where those that leave at one end enter at the other. */
    public Value roll(int shift, int axis) {
        int extent = shape().dim(existing(axis));
        int split = extent == 0 ? 0 : Math.floorMod(-shift, extent);
        return split == 0 ? this : concat(existing(axis), List.of(slice(axis, split, extent), slice(axis, 0, split)));
    }

    /** All windows of neighbours along an axis, which becomes two: windows and their elements. */
    public Value window(int axis, int size) {
        return window(axis, size, 1, 1);
    }

    /**
     * Windows of elements along an axis, which becomes two: windows and their elements.
     *
     * @see WindowedOp.Window
     */
    public Value window(int axis, int size, int stride, int dilation) {
        return of(new WindowedOp.Window(existing(axis), size, stride, dilation), this);
    }

    /**
     * Windows, along two neighbouring axes, added where they overlap.
     *
     * @see WindowedOp.OverlapAdd
     */
    public Value overlapAdd(int axis, int length, int stride, int dilation) {
        return of(new WindowedOp.OverlapAdd(existing(axis), length, stride, dilation), this);
    }

    /** Running sums along an axis. */
    public Value cumsum(int axis) {
        return of(new WindowedOp.CumulativeSum(existing(axis), false), this);
    }

    /**
     * The rows, along the first axis, with these numbers; zeros for a number that no row has.
     *
     * @param indices of type i32 or i64, of any shape
     */
    public Value gather(Value indices) {
        return of(new IndexedOp.Gather(), this, indices);
    }

    /**
     * A tensor of {@code rows} rows, each the sum of those rows of this value that carry its number.
     *
     * @param indices of type i32 or i64, one for each row of this value; rows with other numbers are dropped
     */
    public Value scatterAdd(Value indices, int rows) {
        return of(new IndexedOp.ScatterAdd(rows), this, indices);
    }

    /** Positions, as i32, of the elements along an axis in increasing order: stable, NaN last. */
    public Value argsort(int axis) {
        return of(new IndexedOp.ArgSort(existing(axis), false), this);
    }

    private int existing(int axis) {
        int positive = axis < 0 ? axis + shape().rank() : axis;
        if (positive < 0 || positive >= shape().rank()) {
            throw new ShapeException("axis " + axis + " does not exist in " + type + ".");
        }
        return positive;
    }

    private List<Integer> positive(int... axes) {
        return Arrays.stream(axes)
                .map(axis -> axis < 0 ? axis + shape().rank() : axis)
                .sorted()
                .boxed()
                .toList();
    }

    /** Sum over some axes, which disappear; over all axes when none is named. */
    public Value sum(int... axes) {
        return reduce(Reduction.SUM, axes);
    }

    /** Largest element over some axes, which disappear; over all axes when none is named. */
    public Value max(int... axes) {
        return reduce(Reduction.MAX, axes);
    }

    /** Combination over some axes (negative ones count from the last), which disappear; over all when none is named. */
    public Value reduce(Reduction reduction, int... axes) {
        List<Integer> list =
                axes.length == 0 ? IntStream.range(0, shape().rank()).boxed().toList() : positive(axes);
        return list.isEmpty() ? this : of(new Op.Reduce(reduction, list), this);
    }

    /** Arithmetic mean over some axes, which disappear; over all axes when none is named. */
    public Value mean(int... axes) {
        Value sum = sum(axes);
        return sum.times((double) sum.shape().size() / shape().size());
    }

    /** Each element combined with those at its place on all ranks, see {@link CollectiveOp.AllReduce}. */
    public Value allReduce(Reduction reduction) {
        return of(new CollectiveOp.AllReduce(reduction), this);
    }

    /** The values of all ranks one after another along the first axis, see {@link CollectiveOp.AllGather}. */
    public Value allGather(int ranks) {
        return of(new CollectiveOp.AllGather(ranks), this);
    }

    /** This rank's part, along the first axis, of the sum over all ranks, see {@link CollectiveOp.ReduceScatter}. */
    public Value reduceScatter(int ranks) {
        return of(new CollectiveOp.ReduceScatter(ranks), this);
    }

    /**
     * A sum of products in index notation, for example {@code a.contract("bik,kj->bij", b)}.
     *
     * @see Op.Contract
     */
    public Value contract(String notation, Value other) {
        return of(Op.Contract.of(notation), this, other);
    }

    @Override
    public String toString() {
        return op.text() + ": " + type;
    }
}
