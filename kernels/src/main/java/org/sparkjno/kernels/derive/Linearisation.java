// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.scalar.Algebra;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The tangent of one value from the tangents of its operands: the only derivative rule an operation has. Linear in the
 * tangents, of which null stands for zero.
 */
final class Linearisation implements Op.Visitor<Value> {
    private final Value value;
    private final List<Value> tangents;

    Linearisation(Value value, List<Value> tangents) {
        this.value = value;
        this.tangents = tangents;
    }

    @Override
    public Value visit(Op.Input op) {
        return null;
    }

    @Override
    public Value visit(Op.Constant op) {
        return null;
    }

    @Override
    public Value visit(Op.Elementwise op) {
        Primitive primitive = op.primitive();
        List<Value> x = value.operands();
        return switch (primitive) {
            case ADD -> sum(tangents.get(0), tangents.get(1));
            case SUB -> difference(tangents.get(0), tangents.get(1));
            case NEG -> negate(tangents.get(0));
            case SELECT -> x.get(0).apply(Primitive.SELECT, orZero(1), orZero(2));
            default -> byPartials(primitive, x);
        };
    }

    private Value byPartials(Primitive primitive, List<Value> x) {
        Value total = null;
        for (int i = 0; i < x.size(); i++) {
            if (tangents.get(i) != null) {
                Value tangent = tangents.get(i);
                Value before = total;
                total = primitive
                        .partial(i, new ValueAlgebra(value), x, value)
                        .map(partial -> sum(before, tangent.times(partial)))
                        .orElse(before);
            }
        }
        return total;
    }

    @Override
    public Value visit(Op.Cast op) {
        return op.to().isFloating() ? tangents.get(0).cast(op.to()) : null;
    }

    @Override
    public Value visit(Op.Broadcast op) {
        return Value.of(op, tangents);
    }

    @Override
    public Value visit(Op.Reshape op) {
        return Value.of(op, tangents);
    }

    @Override
    public Value visit(Op.Transpose op) {
        return Value.of(op, tangents);
    }

    @Override
    public Value visit(Op.Slice op) {
        return Value.of(op, tangents);
    }

    @Override
    public Value visit(Op.Pad op) {
        return Value.of(op, tangents);
    }

    @Override
    public Value visit(Op.Concat op) {
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < tangents.size(); i++) {
            parts.add(orZero(i));
        }
        return Value.of(op, parts);
    }

    /** The tangent of an extremum is the mean tangent of the elements that attain it. */
    @Override
    public Value visit(Op.Reduce op) {
        if (op.reduction() == Reduction.SUM) {
            return Value.of(op, tangents);
        }
        Value x = value.operands().get(0);
        if (x.shape().size() == 0) {
            return null; // nothing attains the extremum, so nothing moves it
        }
        Value attained =
                x.apply(Primitive.EQ, spread(value, x.shape(), op.axes())).cast(x.dtype());
        Op.Reduce total = new Op.Reduce(Reduction.SUM, op.axes());
        return Value.of(total, tangents.get(0).times(attained)).div(Value.of(total, attained));
    }

    /** What picks and adds rows is linear in them; what makes positions does not move. */
    @Override
    public Value visit(IndexedOp op) {
        boolean linear = op instanceof IndexedOp.Gather || op instanceof IndexedOp.ScatterAdd;
        return linear ? Value.of(op, tangents.get(0), value.operands().get(1)) : null;
    }

    @Override
    public Value visit(WindowedOp op) {
        return Value.of(op, tangents);
    }

    /** The tangent of the largest element over the ranks is the mean tangent of the ranks that attain it. */
    @Override
    public Value visit(CollectiveOp op) {
        Value tangent = tangents.get(0);
        if (!(op instanceof CollectiveOp.AllReduce all) || all.reduction() == Reduction.SUM) {
            return Value.of(op, tangent);
        }
        Value attained = value.operands().get(0).apply(Primitive.EQ, value).cast(value.dtype());
        return tangent.times(attained).allReduce(Reduction.SUM).div(attained.allReduce(Reduction.SUM));
    }

    @Override
    public Value visit(RandomBits op) {
        return null;
    }

    @Override
    public Value visit(LoopOp.Scan op) {
        throw new IllegalStateException("A loop has several tangents, see ScanTangent.");
    }

    @Override
    public Value visit(LoopOp.Result op) {
        throw new IllegalStateException("The tangent of a result comes with that of all results.");
    }

    @Override
    public Value visit(RuledOp.Custom op) {
        throw new IllegalStateException("A function with its own rule has several tangents.");
    }

    @Override
    public Value visit(RuledOp.Barrier op) {
        return tangents.get(0);
    }

    @Override
    public Value visit(HostOp op) {
        if (op.results().stream().anyMatch(type -> type.dtype().isFloating())) {
            throw noDerivative(op);
        }
        return null;
    }

    static UnsupportedOperationException noDerivative(HostOp op) {
        return new UnsupportedOperationException(
                "The host function '" + op.function().name()
                        + "' has no derivative of its own; wrap its call in CustomDerivatives.customJvp or customVjp, or solve a"
                        + " linear system by LinearSolve.");
    }

    @Override
    public Value visit(Op.Contract op) {
        Value left = tangents.get(0) == null
                ? null
                : Value.of(op, tangents.get(0), value.operands().get(1));
        Value right =
                tangents.get(1) == null ? null : Value.of(op, value.operands().get(0), tangents.get(1));
        return sum(left, right);
    }

    private Value orZero(int i) {
        return tangents.get(i) != null
                ? tangents.get(i)
                : Value.full(value.operands().get(i).type(), 0);
    }

    static Value spread(Value reduced, Shape shape, List<Integer> axes) {
        List<Integer> kept = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                kept.add(axis);
            }
        }
        return reduced.broadcast(shape, kept);
    }

    /** A value as one may compute with it: in f32 when its own type is for storage alone. */
    static Value widened(Value value) {
        return value.dtype().isStorageOnly() ? value.cast(DType.F32) : value;
    }

    static Value sum(Value a, Value b) {
        if (a == null) {
            return b;
        }
        return b == null
                ? a
                : a.dtype().isStorageOnly() ? widened(a).plus(widened(b)).cast(a.dtype()) : a.plus(b);
    }

    static Value difference(Value a, Value b) {
        if (a == null) {
            return negate(b);
        }
        return b == null ? a : a.minus(b);
    }

    private static Value negate(Value a) {
        return a == null ? null : a.negate();
    }

    /** Scalar expressions read as tensors of one shape. */
    private record ValueAlgebra(Value like) implements Algebra<Value> {
        @Override
        public Value constant(double c) {
            return Value.full(like.type(), c);
        }

        @Override
        public Value apply(Primitive primitive, List<Value> args) {
            return Value.of(new Op.Elementwise(primitive), args);
        }
    }
}
