// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Removes work without changing values: equal values are merged, constants folded, neutral elements dropped, chains of
 * shape operations shortened, scalars computed once before they are repeated.
 *
 * <p>Every rule holds for NaN and infinities: {@code 0·x} stays.
 */
final class Simplifier {
    private final Map<Key, Value> known = new HashMap<>();

    /** The value that is being rebuilt, in whose place others are made. */
    private Value current;

    private Simplifier() {}

    /** An equal graph with less work. Values that no output needs disappear. */
    static Graph simplify(Graph graph) {
        Graph before = graph;
        Graph after = before.rewrite(new Simplifier()::rebuild);
        while (after.order().size() < before.order().size()) {
            before = after;
            after = before.rewrite(new Simplifier()::rebuild);
        }
        return after;
    }

    private Value rebuild(Value old, List<Value> operands) {
        current = old;
        return reduce(old.over(operands));
    }

    /** Applies rules until none fits, and merges the result with an equal value met before. */
    private Value reduce(Value value) {
        Value better = step(value);
        while (better != value) {
            value = intern(better);
            better = step(value);
        }
        return intern(value);
    }

    private Value make(Op op, Value... operands) {
        return reduce(current.instead(op, List.of(operands)));
    }

    private Value intern(Value value) {
        return value.op() instanceof Op.Input ? value : known.computeIfAbsent(new Key(value), key -> value);
    }

    private Value step(Value value) {
        if (value.op() instanceof Op.Elementwise op) {
            return elementwise(value, op.primitive());
        }
        if (value.op() instanceof Op.Broadcast op) {
            return broadcast(value, op);
        }
        if (value.op() instanceof Op.Reshape op) {
            return reshape(value, op);
        }
        if (value.op() instanceof Op.Transpose op) {
            return transpose(value, op);
        }
        if (value.op() instanceof Op.Slice || value.op() instanceof Op.Pad || value.op() instanceof Op.Cast) {
            return value.type().equals(value.operands().get(0).type())
                    ? value.operands().get(0)
                    : value;
        }
        if (value.op() instanceof LoopOp.Result result
                && value.operands().get(0).op() instanceof RuledOp.Custom) {
            return value.operands().get(0).operands().get(result.index());
        }
        if (value.op() instanceof RuledOp.Barrier) {
            boolean constant = value.operands().get(0).op() instanceof Op.Constant;
            // A constant need not wait, but a collective of it must.
            boolean collective = value.operands().get(1).op() instanceof CollectiveOp;
            return constant && !collective ? value.operands().get(0) : value;
        }
        if (value.op() instanceof Op.Concat && value.operands().size() == 1) {
            return value.operands().get(0);
        }
        if (value.op() instanceof Op.Reduce
                && value.shape().size() == value.operands().get(0).shape().size()) {
            return make(new Op.Reshape(value.shape()), value.operands().get(0));
        }
        if (value.op() instanceof IndexedOp op) {
            return MovementRules.shorten(value, op);
        }
        if (value.op() instanceof WindowedOp op) {
            return MovementRules.shorten(value, op);
        }
        if (value.op() instanceof Op.Contract op) {
            Value unrepeated = ContractRules.unrepeat(value, op, this::make);
            return unrepeated != value ? unrepeated : ContractRules.relabel(value, op);
        }
        return value;
    }

    private Value elementwise(Value value, Primitive primitive) {
        List<Value> x = value.operands();
        double[] known = numbers(x);
        if (known != null) {
            double result = primitive.value(known);
            if (value.dtype().holds(result)) {
                return spread(scalar(value.dtype(), result), value);
            }
        }
        Value hoisted = hoistRepetition(value, primitive);
        if (hoisted != null) {
            return hoisted;
        }
        return switch (primitive) {
            case ADD -> {
                if (is(x.get(0), 0)) {
                    yield x.get(1);
                }
                yield is(x.get(1), 0) ? x.get(0) : gatherContractions(value);
            }
            case SUB -> is(x.get(1), 0) ? x.get(0) : value;
            case MUL -> {
                if (is(x.get(0), 1)) {
                    yield x.get(1);
                }
                yield is(x.get(1), 1) ? x.get(0) : value;
            }
            case DIV -> {
                Double divisor = Splat.of(x.get(1));
                if (is(x.get(1), 1)) {
                    yield x.get(0);
                }
                yield divisor != null && isPowerOfTwo(divisor)
                        ? make(value(Primitive.MUL), x.get(0), spread(scalar(value.dtype(), 1 / divisor), value))
                        : value;
            }
            case NEG ->
                x.get(0).op() instanceof Op.Elementwise inner && inner.primitive() == Primitive.NEG
                        ? x.get(0).operands().get(0)
                        : value;
            default -> value;
        };
    }

    /** The numbers that operands are filled with, or null if one of them is not. */
    private static double[] numbers(List<Value> operands) {
        double[] numbers = new double[operands.size()];
        for (int i = 0; i < numbers.length; i++) {
            Double number = Splat.of(operands.get(i));
            if (number == null) {
                return null;
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /** Computes {@code f(repeat(a), repeat(b))} as {@code repeat(f(a, b))}; scalars fit any repetition. */
    private Value hoistRepetition(Value value, Primitive primitive) {
        Value pattern = null;
        for (Value operand : value.operands()) {
            if (!(operand.op() instanceof Op.Broadcast repeat)) {
                return null;
            }
            if (pattern == null || pattern.operands().get(0).shape().rank() == 0) {
                pattern = operand;
            } else if (!repeat.axes().isEmpty() && !repeat.equals(pattern.op())) {
                return null;
            }
        }
        Shape small = pattern.operands().get(0).shape();
        Value[] sources = new Value[value.operands().size()];
        for (int i = 0; i < sources.length; i++) {
            Value source = value.operands().get(i).operands().get(0);
            sources[i] = source.shape().equals(small) ? source : make(new Op.Broadcast(small, List.of()), source);
        }
        return make(pattern.op(), make(new Op.Elementwise(primitive), sources));
    }

    /** Writes {@code a·b + (c·d + y)} as {@code (a·b + c·d) + y}, so that one kernel accumulates both products. */
    private Value gatherContractions(Value value) {
        for (int i = 0; i < 2; i++) {
            Value product = value.operands().get(i);
            Value other = value.operands().get(1 - i);
            if (isContractions(product) && isAdd(other) && !isContractions(other)) {
                for (int k = 0; k < 2; k++) {
                    Value second = other.operands().get(k);
                    if (isContractions(second)) {
                        return make(
                                value(Primitive.ADD),
                                make(value(Primitive.ADD), product, second),
                                other.operands().get(1 - k));
                    }
                }
            }
        }
        return value;
    }

    private static boolean isContractions(Value value) {
        return value.op() instanceof Op.Contract
                || isAdd(value)
                        && isContractions(value.operands().get(0))
                        && isContractions(value.operands().get(1));
    }

    private static boolean isAdd(Value value) {
        return value.op() instanceof Op.Elementwise op && op.primitive() == Primitive.ADD;
    }

    private Value broadcast(Value value, Op.Broadcast op) {
        Value x = value.operands().get(0);
        if (value.type().equals(x.type())) {
            return x;
        }
        if (x.op() instanceof Op.Broadcast inner) {
            List<Integer> axes = inner.axes().stream().map(op.axes()::get).toList();
            return make(new Op.Broadcast(op.shape(), axes), x.operands().get(0));
        }
        return value;
    }

    private Value reshape(Value value, Op.Reshape op) {
        Value x = value.operands().get(0);
        if (value.type().equals(x.type())) {
            return x;
        }
        if (x.op() instanceof Op.Reshape) {
            return make(op, x.operands().get(0));
        }
        Double constant = Splat.of(x);
        return constant != null ? spread(scalar(x.dtype(), constant), value) : value;
    }

    private Value transpose(Value value, Op.Transpose op) {
        Value x = value.operands().get(0);
        if (x.op() instanceof Op.Transpose inner) {
            List<Integer> both =
                    op.permutation().stream().map(inner.permutation()::get).toList();
            return make(new Op.Transpose(both), x.operands().get(0));
        }
        boolean identity = true;
        for (int i = 0; i < op.permutation().size(); i++) {
            identity &= op.permutation().get(i) == i;
        }
        if (identity) {
            return x;
        }
        Double constant = Splat.of(x);
        return constant != null ? spread(scalar(x.dtype(), constant), value) : value;
    }

    private Value scalar(DType dtype, double value) {
        return make(new Op.Constant(Literal.scalar(dtype, value)));
    }

    private Value spread(Value scalar, Value like) {
        return like.shape().rank() == 0 ? scalar : make(new Op.Broadcast(like.shape(), List.of()), scalar);
    }

    private static Op value(Primitive primitive) {
        return new Op.Elementwise(primitive);
    }

    private static boolean is(Value value, double expected) {
        Double constant = Splat.of(value);
        return constant != null && constant == expected;
    }

    private static boolean isPowerOfTwo(double x) {
        return x != 0 && Double.isFinite(1 / x) && Math.abs(x) == Math.scalb(1.0, Math.getExponent(x));
    }

    /** What makes two values equal: the operation and the very same operands. */
    private static final class Key {
        private final Value value;
        private final int hash;

        Key(Value value) {
            this.value = value;
            // Operands tell nearly all: the many kinds of operations need not hash what they are made of.
            int h = value.op() instanceof Op.Constant constant
                    ? constant.literal().hashCode()
                    : value.op().getClass().hashCode();
            h = 31 * h + Long.hashCode(value.shape().size());
            for (Value operand : value.operands()) {
                h = 31 * h + System.identityHashCode(operand);
            }
            this.hash = h;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && (value == that.value
                            || value.hasOperands(that.value.operands())
                                    && value.op().equals(that.value.op()));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
