// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.random.Threefry;

/** The elements of one value, row-major, from those of its operands; written for the reader, not for speed. */
final class Evaluation implements Op.Visitor<double[]> {
    private final Value value;
    private final List<double[]> operands;
    private final Collective world;
    private final double[] result;

    private Evaluation(Value value, List<double[]> operands, Collective world) {
        this.value = value;
        this.operands = operands;
        this.world = world;
        this.result = new double[Math.toIntExact(value.shape().size())];
    }

    /** The elements of {@code value}, each rounded to its type. */
    static double[] of(Value value, List<double[]> operands, Collective world) {
        double[] exact = value.op().accept(new Evaluation(value, operands, world));
        return Arrays.stream(exact).map(value.dtype()::round).toArray();
    }

    @Override
    public double[] visit(Op.Input op) {
        throw new IllegalStateException("Input '" + op.name() + "' has no elements of its own.");
    }

    @Override
    public double[] visit(Op.Constant op) {
        return op.literal().toArray();
    }

    @Override
    public double[] visit(Op.Elementwise op) {
        for (int i = 0; i < result.length; i++) {
            double[] arguments = new double[operands.size()];
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = operands.get(k)[i];
            }
            result[i] = op.primitive().value(arguments);
        }
        return result;
    }

    @Override
    public double[] visit(Op.Cast op) {
        return operands.get(0);
    }

    @Override
    public double[] visit(Op.Broadcast op) {
        Shape from = operand(0);
        for (int[] index : Indices.of(value.shape())) {
            int[] source = new int[from.rank()];
            for (int axis = 0; axis < source.length; axis++) {
                source[axis] = index[op.axes().get(axis)];
            }
            result[Indices.position(value.shape(), index)] = operands.get(0)[Indices.position(from, source)];
        }
        return result;
    }

    @Override
    public double[] visit(Op.Reshape op) {
        return operands.get(0);
    }

    @Override
    public double[] visit(Op.Transpose op) {
        Shape from = operand(0);
        for (int[] index : Indices.of(value.shape())) {
            int[] source = new int[index.length];
            for (int axis = 0; axis < index.length; axis++) {
                source[op.permutation().get(axis)] = index[axis];
            }
            result[Indices.position(value.shape(), index)] = operands.get(0)[Indices.position(from, source)];
        }
        return result;
    }

    @Override
    public double[] visit(Op.Slice op) {
        Shape from = operand(0);
        for (int[] index : Indices.of(value.shape())) {
            int[] source = new int[index.length];
            for (int axis = 0; axis < index.length; axis++) {
                source[axis] = op.start().get(axis) + index[axis] * op.stride().get(axis);
            }
            result[Indices.position(value.shape(), index)] = operands.get(0)[Indices.position(from, source)];
        }
        return result;
    }

    @Override
    public double[] visit(Op.Pad op) {
        Shape from = operand(0);
        for (int[] index : Indices.of(from)) {
            int[] target = new int[index.length];
            for (int axis = 0; axis < index.length; axis++) {
                target[axis] = op.low().get(axis) + index[axis] * (op.interior().get(axis) + 1);
            }
            result[Indices.position(value.shape(), target)] = operands.get(0)[Indices.position(from, index)];
        }
        return result;
    }

    @Override
    public double[] visit(Op.Concat op) {
        int before = 0;
        for (int k = 0; k < operands.size(); k++) {
            Shape part = operand(k);
            for (int[] index : Indices.of(part)) {
                int[] target = index.clone();
                target[op.axis()] += before;
                result[Indices.position(value.shape(), target)] = operands.get(k)[Indices.position(part, index)];
            }
            before += part.dim(op.axis());
        }
        return result;
    }

    @Override
    public double[] visit(Op.Reduce op) {
        Arrays.fill(result, op.reduction().identity());
        Shape from = operand(0);
        for (int[] index : Indices.of(from)) {
            int[] target = new int[value.shape().rank()];
            int kept = 0;
            for (int axis = 0; axis < index.length; axis++) {
                if (!op.axes().contains(axis)) {
                    target[kept++] = index[axis];
                }
            }
            int at = Indices.position(value.shape(), target);
            result[at] = op.reduction().combine(result[at], operands.get(0)[Indices.position(from, index)]);
        }
        return result;
    }

    /** Visits every assignment of numbers to labels. */
    @Override
    public double[] visit(Op.Contract op) {
        Map<Character, Integer> extents = new LinkedHashMap<>();
        bind(op.lhs(), operand(0), extents);
        bind(op.rhs(), operand(1), extents);
        String labels = extents.keySet().stream().map(String::valueOf).reduce("", String::concat);
        Shape all = new Shape(List.copyOf(extents.values()));
        for (int[] index : Indices.of(all)) {
            double left = operands.get(0)[Indices.position(operand(0), select(index, labels, op.lhs()))];
            double right = operands.get(1)[Indices.position(operand(1), select(index, labels, op.rhs()))];
            result[Indices.position(value.shape(), select(index, labels, op.out()))] += left * right;
        }
        return result;
    }

    @Override
    public double[] visit(IndexedOp op) {
        return op.dispatch(new IndexedEvaluation(value, operands));
    }

    @Override
    public double[] visit(CollectiveOp op) {
        op.requireWorld(world.size());
        return op.dispatch(new CollectiveEvaluation(world, operands.get(0)));
    }

    @Override
    public double[] visit(WindowedOp op) {
        return op.dispatch(new WindowedEvaluation(value, operands.get(0)));
    }

    @Override
    public double[] visit(RandomBits op) {
        double[] state = operands.get(0);
        long counter = (long) state[2] << 32 | (int) state[3] & 0xFFFFFFFFL;
        for (int i = 0; i < result.length; i++) {
            result[i] = Threefry.bits((int) state[0], (int) state[1], counter + i);
        }
        return result;
    }

    @Override
    public double[] visit(LoopOp.Scan op) {
        return result;
    }

    @Override
    public double[] visit(LoopOp.Result op) {
        throw new IllegalStateException("A result is taken from what has several.");
    }

    @Override
    public double[] visit(RuledOp.Custom op) {
        return result;
    }

    @Override
    public double[] visit(HostOp op) {
        return result;
    }

    @Override
    public double[] visit(RuledOp.Barrier op) {
        return operands.get(0);
    }

    private static void bind(String labels, Shape shape, Map<Character, Integer> extents) {
        for (int axis = 0; axis < labels.length(); axis++) {
            extents.put(labels.charAt(axis), shape.dim(axis));
        }
    }

    private static int[] select(int[] index, String labels, String wanted) {
        return wanted.chars().map(label -> index[labels.indexOf(label)]).toArray();
    }

    private Shape operand(int k) {
        return value.operands().get(k).shape();
    }
}
