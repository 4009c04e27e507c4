// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sparkjno.kernels.graph.CollectiveOp;
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
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The transpose of one linear value: the cotangents of its operands from its own. Operands that do not depend on the
 * directions are coefficients and get none.
 */
final class Transposition
        implements Op.Visitor<List<Value>>,
                IndexedOp.Visitor<List<Value>>,
                WindowedOp.Visitor<List<Value>>,
                CollectiveOp.Visitor<List<Value>> {
    private final Value value;
    private final Value cotangent;
    private final Set<Value> linear;

    Transposition(Value value, Value cotangent, Set<Value> linear) {
        this.value = value;
        this.cotangent = cotangent;
        this.linear = linear;
    }

    @Override
    public List<Value> visit(Op.Input op) {
        return List.of();
    }

    @Override
    public List<Value> visit(Op.Constant op) {
        return List.of();
    }

    @Override
    public List<Value> visit(Op.Elementwise op) {
        List<Value> x = value.operands();
        Primitive primitive = op.primitive();
        return switch (primitive) {
            case ADD -> List.of(cotangent, cotangent);
            case SUB -> List.of(cotangent, cotangent.negate());
            case NEG -> List.of(cotangent.negate());
            case MUL -> isLinear(0) ? both(cotangent.times(x.get(1)), null) : both(null, cotangent.times(x.get(0)));
            case DIV -> both(cotangent.div(x.get(1)), null);
            case SELECT -> {
                Value zero = Value.full(value.type(), 0);
                List<Value> back = new ArrayList<>();
                back.add(null);
                back.add(x.get(0).apply(Primitive.SELECT, cotangent, zero));
                back.add(x.get(0).apply(Primitive.SELECT, zero, cotangent));
                yield back;
            }
            default -> throw notLinear(op);
        };
    }

    @Override
    public List<Value> visit(Op.Cast op) {
        return List.of(cotangent.cast(value.operands().get(0).dtype()));
    }

    @Override
    public List<Value> visit(Op.Broadcast op) {
        List<Integer> repeated = new ArrayList<>();
        for (int axis = 0; axis < op.shape().rank(); axis++) {
            if (!op.axes().contains(axis)) {
                repeated.add(axis);
            }
        }
        return List.of(repeated.isEmpty() ? cotangent : total(new Op.Reduce(Reduction.SUM, repeated), cotangent));
    }

    @Override
    public List<Value> visit(Op.Reshape op) {
        return List.of(cotangent.reshape(value.operands().get(0).shape()));
    }

    @Override
    public List<Value> visit(Op.Transpose op) {
        int[] inverse = new int[op.permutation().size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[op.permutation().get(i)] = i;
        }
        return List.of(cotangent.transpose(inverse));
    }

    @Override
    public List<Value> visit(Op.Slice op) {
        Shape from = value.operands().get(0).shape();
        List<Integer> high = new ArrayList<>();
        List<Integer> interior = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            int count = value.shape().dim(axis);
            int stride = op.stride().get(axis);
            int covered = count == 0 ? 0 : (count - 1) * stride + 1;
            high.add(from.dim(axis) - op.start().get(axis) - covered);
            interior.add(stride - 1);
        }
        return List.of(Value.of(new Op.Pad(op.start(), high, interior), cotangent));
    }

    @Override
    public List<Value> visit(Op.Pad op) {
        Shape from = value.operands().get(0).shape();
        List<Integer> limit = new ArrayList<>();
        List<Integer> stride = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            int step = op.interior().get(axis) + 1;
            int covered = from.dim(axis) == 0 ? 0 : (from.dim(axis) - 1) * step + 1;
            limit.add(op.low().get(axis) + covered);
            stride.add(step);
        }
        return List.of(Value.of(new Op.Slice(op.low(), limit, stride), cotangent));
    }

    @Override
    public List<Value> visit(Op.Concat op) {
        List<Value> back = new ArrayList<>();
        int from = 0;
        for (Value part : value.operands()) {
            int to = from + part.shape().dim(op.axis());
            back.add(linear.contains(part) ? cotangent.slice(op.axis(), from, to) : null);
            from = to;
        }
        return back;
    }

    @Override
    public List<Value> visit(Op.Reduce op) {
        return List.of(Linearisation.spread(cotangent, value.operands().get(0).shape(), op.axes()));
    }

    @Override
    public List<Value> visit(IndexedOp op) {
        return op.dispatch(this);
    }

    @Override
    public List<Value> visit(IndexedOp.Iota op) {
        return List.of();
    }

    @Override
    public List<Value> visit(IndexedOp.Gather op) {
        List<Value> x = value.operands();
        return both(total(new IndexedOp.ScatterAdd(x.get(0).shape().dim(0)), cotangent, x.get(1)), null);
    }

    @Override
    public List<Value> visit(IndexedOp.ScatterAdd op) {
        return both(cotangent.gather(value.operands().get(1)), null);
    }

    @Override
    public List<Value> visit(IndexedOp.ArgSort op) {
        throw notLinear(op);
    }

    @Override
    public List<Value> visit(WindowedOp op) {
        return op.dispatch(this);
    }

    @Override
    public List<Value> visit(WindowedOp.Reverse op) {
        return List.of(Value.of(op, cotangent));
    }

    @Override
    public List<Value> visit(WindowedOp.Window op) {
        int length = value.operands().get(0).shape().dim(op.axis());
        return List.of(total(new WindowedOp.OverlapAdd(op.axis(), length, op.stride(), op.dilation()), cotangent));
    }

    @Override
    public List<Value> visit(WindowedOp.OverlapAdd op) {
        int size = value.operands().get(0).shape().dim(op.axis() + 1);
        return List.of(cotangent.window(op.axis(), size, op.stride(), op.dilation()));
    }

    @Override
    public List<Value> visit(WindowedOp.CumulativeSum op) {
        return List.of(Value.of(new WindowedOp.CumulativeSum(op.axis(), !op.reverse()), cotangent));
    }

    @Override
    public List<Value> visit(CollectiveOp op) {
        return op.dispatch(this);
    }

    @Override
    public List<Value> visit(CollectiveOp.AllReduce op) {
        return List.of(Value.of(op, cotangent));
    }

    @Override
    public List<Value> visit(CollectiveOp.AllGather op) {
        return List.of(cotangent.reduceScatter(op.ranks()));
    }

    @Override
    public List<Value> visit(CollectiveOp.ReduceScatter op) {
        return List.of(cotangent.allGather(op.ranks()));
    }

    @Override
    public List<Value> visit(RandomBits op) {
        throw notLinear(op);
    }

    @Override
    public List<Value> visit(LoopOp.Scan op) {
        throw new IllegalStateException("A loop is transposed by the rule of its tangent.");
    }

    @Override
    public List<Value> visit(LoopOp.Result op) {
        throw new IllegalStateException("The cotangent of a result goes to what has several.");
    }

    @Override
    public List<Value> visit(RuledOp.Custom op) {
        throw new IllegalStateException("A function with its own rule has several cotangents.");
    }

    @Override
    public List<Value> visit(RuledOp.Barrier op) {
        return List.of(cotangent);
    }

    @Override
    public List<Value> visit(HostOp op) {
        throw Linearisation.noDerivative(op);
    }

    @Override
    public List<Value> visit(Op.Contract op) {
        Value a = value.operands().get(0);
        Value b = value.operands().get(1);
        return isLinear(0)
                ? both(Value.of(new Op.Contract(op.out(), op.rhs(), op.lhs()), cotangent, b), null)
                : both(null, Value.of(new Op.Contract(op.lhs(), op.out(), op.rhs()), a, cotangent));
    }

    /** An operation that adds, applied where its first operand may be of a type for storage alone. */
    private static Value total(Op op, Value x, Value... others) {
        List<Value> operands = new ArrayList<>(List.of(Linearisation.widened(x)));
        operands.addAll(List.of(others));
        return Value.of(op, operands).cast(x.dtype());
    }

    private static IllegalStateException notLinear(Op op) {
        return new IllegalStateException(op.text() + " is not linear and has no transpose.");
    }

    private boolean isLinear(int operand) {
        return linear.contains(value.operands().get(operand));
    }

    private static List<Value> both(Value a, Value b) {
        List<Value> back = new ArrayList<>();
        back.add(a);
        back.add(b);
        return back;
    }
}
