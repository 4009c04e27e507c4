// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Random well-typed graphs with random inputs, for tests of whatever must hold for every graph. Every value stays below
 * {@link #BOUND} and every function is well conditioned, so that two devices may be compared; what jumps (comparisons,
 * casts to integers) sees only numbers that were moved but not computed.
 */
public final class RandomGraphs {
    /** No value of a random graph is larger in magnitude. */
    public static final double BOUND = 16;

    private static final int[] EXTENTS = {1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 24, 33, 40};
    private static final int[] LONG_EXTENTS = {257, 300, 1030, 2100};
    private static final int LARGEST = 3000;
    private static final int LARGEST_OF_LARGE = 40_000;
    private static final long MOST_PRODUCTS = 1_000_000;

    private final Random random;
    private final DType dtype;
    private final boolean smooth;
    private final boolean integers;
    private final boolean empty;
    private final boolean large;
    private final int largest;
    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> pool = new ArrayList<>();
    private final List<Value> truths = new ArrayList<>();
    private final Map<Value, Double> bounds = new IdentityHashMap<>();
    private final Set<Value> exact = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * A graph and what to feed it.
     *
     * @param graph the graph
     * @param arguments one literal per input: multiples of 1/8 between −2 and 2
     */
    public record Sample(Graph graph, List<Literal> arguments) {}

    private RandomGraphs(long seed, DType dtype, boolean smooth, boolean integers) {
        this.random = new Random(seed);
        this.dtype = dtype;
        this.smooth = smooth;
        this.integers = integers;
        this.empty = !smooth && random.nextInt(16) == 0;
        this.large = !smooth && random.nextInt(8) == 0;
        this.largest = large ? LARGEST_OF_LARGE : LARGEST;
    }

    /**
     * A random graph over all operations.
     *
     * @param seed the same seed gives the same graph
     * @param size how many random steps to take; each adds a few values
     * @param dtype f32 or f64
     */
    public static Sample any(long seed, int size, DType dtype) {
        return new RandomGraphs(seed, dtype, false, true).make(size);
    }

    /** A random graph as {@link #any}, but without integers, which know neither NaN nor infinity. */
    public static Sample floating(long seed, int size, DType dtype) {
        return new RandomGraphs(seed, dtype, false, false).make(size);
    }

    /** A random graph of differentiable operations on f64, one output. */
    public static Sample smooth(long seed, int size) {
        return new RandomGraphs(seed, DType.F64, true, false).make(size);
    }

    private Sample make(int size) {
        int first = 1 + random.nextInt(3);
        for (int i = 0; i < first; i++) {
            input(shape(random.nextInt(5)));
        }
        for (int i = 0; i < size; i++) {
            step();
        }
        List<Value> outputs = smooth ? List.of(any()) : outputs();
        List<Literal> arguments =
                inputs.stream().map(input -> numbers(input.type())).toList();
        return new Sample(Graph.of(inputs, outputs), arguments);
    }

    private List<Value> outputs() {
        List<Value> outputs = new ArrayList<>();
        outputs.add(pool.get(pool.size() - 1));
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            outputs.add(any());
        }
        if (chance(0.15)) {
            outputs.add(pick(inputs));
        }
        if (chance(0.15)) {
            Value input = pick(inputs);
            outputs.add(input.reshape(refactor(input.shape())));
        }
        if (chance(0.1)) {
            outputs.add(outputs.get(0));
        }
        if (chance(0.1)) {
            outputs.add(constant(shape(2)));
        }
        if (!truths.isEmpty() && chance(0.5)) {
            outputs.add(pick(truths));
        }
        Collections.shuffle(outputs, random);
        return outputs;
    }

    private void step() {
        switch (random.nextInt(smooth ? 17 : 23)) {
            case 0, 1 -> unary();
            case 2, 3 -> binary();
            case 4 -> transpose();
            case 5 -> {
                Value x = any();
                move(x, x.reshape(refactor(x.shape())));
            }
            case 6 -> slice();
            case 7 -> pad();
            case 8 -> concat();
            case 9 -> reduce();
            case 10 -> broadcast();
            case 11, 12 -> contract();
            case 13 -> gather();
            case 14 -> scatterAdd();
            case 15 -> {
                if (chance(0.6)) {
                    window();
                } else {
                    overlap();
                }
            }
            case 16 -> accumulate();
            case 17 -> compare();
            case 18 -> select();
            case 19 -> extremum();
            case 20 -> positions();
            case 21 -> store();
            default -> convert();
        }
    }

    private void unary() {
        Value x = any();
        double bound = bounds.get(x);
        switch (random.nextInt(16)) {
            case 0 -> keep(x.negate(), bound);
            case 1 -> keep(x.tanh(), 1);
            case 2 -> keep(x.tanh().exp(), Math.E);
            case 3 -> keep(x.square().plus(0.5).sqrt(), bound + 1);
            case 4 -> keep(x.times(random.nextInt(-8, 9) / 4.0), 2 * bound);
            case 5 -> keep(Value.scalar(dtype, random.nextInt(-8, 9) / 4.0).minus(x), 2 + bound);
            case 6 -> keep(x.square(), bound * bound);
            case 7 -> keep(x.erf(), 1);
            case 8 -> keep(x.apply(Primitive.SIN), 1);
            case 9 -> keep(x.apply(Primitive.COS), 1);
            case 10 -> keep(x.tanh().apply(Primitive.EXPM1), Math.E);
            case 11 -> keep(x.square().plus(0.5).apply(Primitive.RSQRT), 2);
            case 12 -> keep(x.square().plus(0.5).apply(Primitive.LOG), 6);
            case 13 -> keep(x.square().apply(Primitive.LOG1P), 6);
            case 14 -> keep(x.square().plus(0.5).apply(Primitive.POW, x.tanh()), bound * bound + 2);
            default -> jump(exactValue());
        }
    }

    private void jump(Value x) {
        if (!smooth) {
            move(x, x.apply(pick(List.of(Primitive.FLOOR, Primitive.ABS, Primitive.SIGN))));
        }
    }

    private void binary() {
        Value x = any();
        Value y = chance(0.15) ? scalar() : operand(x.shape());
        double a = bounds.get(x);
        double b = bounds.get(y);
        switch (random.nextInt(4)) {
            case 0 -> keep(x.plus(y), a + b);
            case 1 -> keep(x.minus(y), a + b);
            case 2 -> keep(x.times(y), a * b);
            default -> keep(x.div(y.square().plus(1)), a);
        }
    }

    private void extremum() {
        Value x = any();
        Value y = operand(x.shape());
        double bound = Math.max(bounds.get(x), bounds.get(y));
        keep(x.apply(chance(0.5) ? Primitive.MAX : Primitive.MIN, y), bound);
    }

    private void transpose() {
        Value x = any();
        move(x, x.transpose(permutation(x.shape().rank())));
    }

    private void slice() {
        Value x = any();
        List<Integer> start = new ArrayList<>();
        List<Integer> limit = new ArrayList<>();
        List<Integer> stride = new ArrayList<>();
        for (int dim : x.shape().dims()) {
            int from = dim == 0 || chance(0.5) ? 0 : random.nextInt(dim);
            int to = dim == 0 || chance(0.5) ? dim : from + 1 + random.nextInt(dim - from);
            start.add(from);
            limit.add(to);
            stride.add(chance(0.6) ? 1 : 1 + random.nextInt(4));
        }
        move(x, Value.of(new Op.Slice(start, limit, stride), x));
    }

    private void pad() {
        Value x = any();
        List<List<Integer>> widths = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            int most = k == 2 ? 2 : 3;
            widths.add(x.shape().dims().stream()
                    .map(dim -> chance(0.6) ? 0 : random.nextInt(most))
                    .toList());
        }
        Op.Pad op = new Op.Pad(widths.get(0), widths.get(1), widths.get(2));
        if (op.infer(List.of(x.type())).shape().size() <= largest) {
            move(x, Value.of(op, x));
        }
    }

    private void concat() {
        Value x = any();
        if (x.shape().rank() == 0) {
            return;
        }
        int axis = random.nextInt(x.shape().rank());
        List<Value> parts = new ArrayList<>(List.of(x));
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) {
            List<Integer> dims = new ArrayList<>(x.shape().dims());
            dims.set(axis, extent());
            Shape shape = new Shape(dims);
            parts.add(chance(0.3) ? x : operand(shape.size() <= largest ? shape : x.shape()));
        }
        Collections.shuffle(parts, random);
        Value all = Value.concat(axis, parts);
        if (all.shape().size() <= largest) {
            keep(all, parts.stream().mapToDouble(bounds::get).max().orElseThrow());
            if (exact.containsAll(parts)) {
                exact.add(all);
            }
        }
    }

    private void reduce() {
        Value x = any();
        List<Integer> axes = IntStream.range(0, x.shape().rank())
                .filter(axis -> chance(0.5))
                .boxed()
                .toList();
        if (smooth || chance(0.6)) {
            Value sum = Value.of(new Op.Reduce(Reduction.SUM, axes), x);
            long count =
                    sum.shape().size() == 0 ? 1 : x.shape().size() / sum.shape().size();
            keep(sum, bounds.get(x) * Math.max(1, count));
        } else if (x.shape().size() > 0) {
            move(x, Value.of(new Op.Reduce(chance(0.5) ? Reduction.MAX : Reduction.MIN, axes), x));
        }
    }

    private void broadcast() {
        Value x = any();
        List<Integer> dims = new ArrayList<>();
        List<Integer> axes = new ArrayList<>();
        int next = 0;
        while (next < x.shape().rank() || dims.isEmpty()) {
            if (next < x.shape().rank() && chance(0.6)) {
                axes.add(dims.size());
                dims.add(x.shape().dim(next++));
            } else {
                dims.add(extent());
            }
        }
        Shape shape = new Shape(dims);
        if (shape.size() <= largest && shape.rank() < 7) {
            move(x, Value.of(new Op.Broadcast(shape, axes), x));
        }
    }

    private void contract() {
        Value left = any();
        StringBuilder lhs = new StringBuilder();
        List<Character> rhs = new ArrayList<>();
        List<Character> out = new ArrayList<>();
        Map<Character, Integer> extents = new HashMap<>();
        long summed = 1;
        char label = 'a';
        for (int dim : left.shape().dims()) {
            lhs.append(label);
            extents.put(label, dim);
            int kind = random.nextInt(4);
            if (kind != 0) {
                rhs.add(label);
            }
            if (kind <= 1) {
                out.add(label);
            } else {
                summed *= dim;
            }
            label++;
        }
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) {
            rhs.add(label);
            out.add(label);
            extents.put(label++, extent());
        }
        Collections.shuffle(rhs, random);
        Collections.shuffle(out, random);
        Shape shape = shape(rhs, extents);
        if (shape.size() > largest || shape(out, extents).size() > largest || products(extents) > MOST_PRODUCTS) {
            return;
        }
        Value right = operand(shape);
        String notation = lhs + "," + text(rhs) + "->" + text(out);
        keep(left.contract(notation, right), bounds.get(left) * bounds.get(right) * Math.max(1, summed));
    }

    private static long products(Map<Character, Integer> extents) {
        return extents.values().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static Shape shape(List<Character> labels, Map<Character, Integer> extents) {
        return new Shape(labels.stream().map(extents::get).toList());
    }

    private static String text(List<Character> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach(text::append);
        return text.toString();
    }

    private void gather() {
        Value x = any();
        if (x.shape().rank() == 0) {
            return;
        }
        Value at = indices(shape(random.nextInt(3)), x.shape().dim(0));
        Value rows = x.gather(at);
        if (rows.shape().size() <= largest && rows.shape().rank() < 7) {
            move(x, rows);
        }
    }

    private void scatterAdd() {
        Value x = any();
        int lead = random.nextInt(x.shape().rank() + 1);
        int rows = extent();
        Value at = indices(new Shape(x.shape().dims().subList(0, lead)), rows);
        Value sums = x.scatterAdd(at, rows);
        if (sums.shape().size() <= largest) {
            keep(sums, bounds.get(x) * Math.max(1, at.shape().size()));
        }
    }

    /** Positions of rows, a few of which do not exist. */
    private Value indices(Shape shape, int rows) {
        double[] numbers = new double[(int) shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(rows + 3) - 1;
        }
        DType type = chance(0.5) ? DType.I32 : DType.I64;
        Value indices = Value.constant(Literal.of(new TensorType(type, shape), numbers));
        return chance(0.3) && shape.rank() > 0 ? indices.reverse(random.nextInt(shape.rank())) : indices;
    }

    private void window() {
        Value x = any();
        if (x.shape().rank() == 0 || x.shape().rank() > 5) {
            return;
        }
        int axis = random.nextInt(x.shape().rank());
        int stride = 1 + random.nextInt(3);
        int dilation = 1 + random.nextInt(3);
        Value windows = x.window(axis, 1 + random.nextInt(4), stride, dilation);
        if (windows.shape().size() <= largest) {
            move(x, windows);
            if (chance(0.5)) {
                Value sums = windows.overlapAdd(axis, x.shape().dim(axis), stride, dilation);
                keep(sums, bounds.get(x) * windows.shape().dim(axis + 1));
            }
        }
    }

    /** Overlapping windows that a contraction makes: a transposed convolution, which is compiled for finite weights. */
    private void overlap() {
        Value x = any();
        int rank = x.shape().rank();
        if (!smooth && !integers || rank < 2 || rank > 5 || x.shape().size() == 0) {
            return;
        }
        int axis = random.nextInt(rank);
        int summed = (axis + 1 + random.nextInt(rank - 1)) % rank;
        int size = 1 + random.nextInt(3);
        int stride = 1 + random.nextInt(2);
        int dilation = 1 + random.nextInt(2);
        String lhs = "abcdef".substring(0, rank);
        String window = lhs.substring(axis, axis + 1);
        String channel = lhs.substring(summed, summed + 1);
        String out = lhs.replace(channel, "").replace(window, window + "z");
        Value weights = operand(Shape.of(size, x.shape().dim(summed)));
        Value windows = x.contract(lhs + ",z" + channel + "->" + out, weights);
        int length = (x.shape().dim(axis) - 1) * stride + (size - 1) * dilation + 1 + random.nextInt(stride);
        Value sums = windows.overlapAdd(out.indexOf(window), length, stride, dilation);
        if (sums.shape().size() <= largest && windows.shape().size() <= largest) {
            keep(sums, bounds.get(x) * bounds.get(weights) * x.shape().dim(summed) * size);
        }
    }

    private void accumulate() {
        Value x = any();
        if (x.shape().rank() == 0) {
            return;
        }
        int axis = random.nextInt(x.shape().rank());
        if (chance(0.5)) {
            move(x, x.reverse(axis));
        } else {
            Value sums = Value.of(new WindowedOp.CumulativeSum(axis, chance(0.5)), x);
            keep(sums, bounds.get(x) * Math.max(1, x.shape().dim(axis)));
        }
    }

    /** Numbers that do not depend on numbers, or only by their order. */
    private void positions() {
        Value x = exactValue();
        int rank = x.shape().rank();
        if (!integers || rank == 0) {
            return;
        }
        int axis = random.nextInt(rank);
        int extent = x.shape().dim(axis);
        switch (random.nextInt(3)) {
            case 0 -> keep(Value.iota(x.type(), axis), Math.max(1, extent));
            case 1 -> {
                Op sort = new IndexedOp.ArgSort(axis, chance(0.5));
                keep(Value.of(sort, x).cast(dtype), Math.max(1, extent));
            }
            default -> {
                Literal state = Literal.of(
                        new TensorType(DType.I32, Shape.of(4)),
                        random.ints(4).asDoubleStream().toArray());
                Value bits = Value.randomBits(Value.constant(state), x.shape());
                keep(bits.cast(dtype).times(0x1p-31), 1);
            }
        }
    }

    /** Moves that a type for storage alone allows. */
    private void store() {
        Value x = exactValue();
        Value half = x.cast(DType.BF16);
        int rank = x.shape().rank();
        Value moved = switch (random.nextInt(rank == 0 ? 1 : 5)) {
            case 0 -> half.reshape(refactor(half.shape()));
            case 1 -> half.reverse(random.nextInt(rank));
            case 2 -> half.pad(random.nextInt(rank), 1, 1);
            case 3 -> half.roll(random.nextInt(5), random.nextInt(rank));
            default -> half.gather(indices(Shape.of(3), half.shape().dim(0)));
        };
        if (moved.shape().size() <= largest) {
            move(x, moved.cast(dtype));
        }
    }

    private void compare() {
        Value x = exactValue();
        List<Primitive> comparisons = List.of(Primitive.LT, Primitive.LE, Primitive.EQ, Primitive.NE);
        Value truth = x.apply(pick(comparisons), exactOperand(x.shape()));
        if (chance(0.3)) {
            truth = truth.apply(Primitive.NOT);
        }
        Value first = truth;
        List<Value> others = truths.stream()
                .filter(other -> other.shape().equals(first.shape()))
                .toList();
        if (!others.isEmpty()) {
            truth = truth.apply(chance(0.5) ? Primitive.AND : Primitive.OR, pick(others));
        }
        truths.add(truth);
        if (chance(0.3)) {
            keep(truth.cast(dtype), 1);
        }
    }

    private void select() {
        if (truths.isEmpty()) {
            compare();
        }
        Value truth = pick(truths);
        Value x = operand(truth.shape());
        Value y = operand(truth.shape());
        keep(truth.apply(Primitive.SELECT, x, y), Math.max(bounds.get(x), bounds.get(y)));
    }

    private void convert() {
        Value x = exactValue();
        List<DType> floating = List.of(DType.BOOL, DType.F32, DType.F64);
        DType other = pick(integers ? List.of(DType.values()) : floating);
        Value converted = x.cast(other);
        if (other == DType.I32 || other == DType.I64) {
            converted = chance(0.5) ? converted.times(converted) : converted.plus(converted);
        }
        keep(converted.cast(dtype), 4);
    }

    /** A value of a given shape: a known one, moved or repeated, or a new input or constant. */
    private Value operand(Shape shape) {
        List<Value> same = pool.stream().filter(x -> x.shape().equals(shape)).toList();
        if (!same.isEmpty() && chance(0.6)) {
            return pick(same);
        }
        List<Value> reshapable =
                pool.stream().filter(x -> x.shape().size() == shape.size()).toList();
        if (!reshapable.isEmpty() && chance(0.4)) {
            Value x = pick(reshapable);
            return move(x, x.reshape(shape));
        }
        if (chance(0.4)) {
            List<Integer> axes = IntStream.range(0, shape.rank())
                    .filter(axis -> chance(0.5))
                    .boxed()
                    .toList();
            Value x = fresh(new Shape(axes.stream().map(shape::dim).toList()));
            return move(x, x.broadcast(shape, axes));
        }
        return fresh(shape);
    }

    private Value fresh(Shape shape) {
        List<Value> same = pool.stream().filter(x -> x.shape().equals(shape)).toList();
        if (!same.isEmpty() && chance(0.5)) {
            return pick(same);
        }
        return inputs.size() < 8 && chance(0.7) ? input(shape) : constant(shape);
    }

    private Value scalar() {
        return operand(Shape.SCALAR);
    }

    private Value exactValue() {
        List<Value> known = pool.stream().filter(exact::contains).toList();
        return pick(known);
    }

    private Value exactOperand(Shape shape) {
        List<Value> same = pool.stream()
                .filter(x -> exact.contains(x) && x.shape().equals(shape))
                .toList();
        return same.size() > 1 && chance(0.5) ? pick(same) : constant(shape);
    }

    private Value input(Shape shape) {
        Value input = Value.input("x" + inputs.size(), new TensorType(dtype, shape));
        inputs.add(input);
        exact.add(input);
        return keep(input, 2);
    }

    private Value constant(Shape shape) {
        TensorType type = new TensorType(dtype, shape);
        Value value =
                chance(0.4) ? Value.full(type, pick(List.of(0.0, 1.0, -1.0, 2.0, 0.5))) : Value.constant(numbers(type));
        exact.add(value);
        return keep(value, 2);
    }

    /** Remembers a value that holds the elements of {@code source}, moved. */
    private Value move(Value source, Value moved) {
        if (exact.contains(source)) {
            exact.add(moved);
        }
        return keep(moved, bounds.get(source));
    }

    /** Remembers a value, scaled down when it might exceed the bound. */
    private Value keep(Value value, double bound) {
        if (bound > BOUND) {
            double scale = Math.scalb(1.0, -Math.getExponent(bound / BOUND) - 1);
            return keep(value.times(scale), bound * scale);
        }
        pool.add(value);
        bounds.put(value, bound);
        return value;
    }

    private Value any() {
        int recent = Math.max(0, pool.size() - 6);
        return chance(0.6) ? pool.get(recent + random.nextInt(pool.size() - recent)) : pick(pool);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private int extent() {
        if (large && chance(0.15)) {
            return LONG_EXTENTS[random.nextInt(LONG_EXTENTS.length)];
        }
        return empty && chance(0.1) ? 0 : EXTENTS[random.nextInt(smooth ? 8 : EXTENTS.length)];
    }

    private Shape shape(int rank) {
        Shape shape = Shape.SCALAR;
        for (int axis = 0; axis < rank; axis++) {
            Shape longer = shape.append(extent());
            shape = longer.size() <= largest ? longer : shape.append(1);
        }
        return shape;
    }

    /** Another shape of the same size. */
    private Shape refactor(Shape shape) {
        if (shape.size() == 0) {
            return new Shape(shape.dims().stream().filter(dim -> dim != 1).toList());
        }
        List<Integer> factors = new ArrayList<>();
        if (chance(0.5)) {
            factors.addAll(shape.dims());
            if (factors.size() > 1) {
                int at = random.nextInt(factors.size() - 1);
                factors.set(at, factors.get(at) * factors.remove(at + 1));
            }
        } else {
            int rest = (int) shape.size();
            for (int p = 2; p <= rest; p++) {
                while (rest % p == 0) {
                    factors.add(p);
                    rest /= p;
                }
            }
        }
        while (factors.size() > 4) {
            int at = random.nextInt(factors.size() - 1);
            factors.set(at, factors.get(at) * factors.remove(at + 1));
        }
        if (factors.size() < 5 && chance(0.3)) {
            factors.add(random.nextInt(factors.size() + 1), 1);
        }
        return new Shape(factors);
    }

    private int[] permutation(int rank) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(axes, random);
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    private Literal numbers(TensorType type) {
        double[] numbers = new double[(int) type.shape().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(-16, 17) / 8.0;
        }
        return Literal.of(type, numbers);
    }
}
