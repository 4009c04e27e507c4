// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/** Rewrites of contractions: into simpler ones, and into a form that a kernel takes. */
final class ContractRules {
    private ContractRules() {}

    /** Makes a simplified value. */
    @FunctionalInterface
    interface Maker {
        Value make(Op op, Value... operands);
    }

    /**
     * Contracts a repeated operand without its repetition: what it repeats along a label of the result alone is repeated
     * afterwards, and along a summed label the other operand is summed first.
     */
    static Value unrepeat(Value value, Op.Contract op, Maker maker) {
        for (int i = 0; i < 2; i++) {
            if (value.operands().get(i).op() instanceof Op.Broadcast repeat) {
                Value source = value.operands().get(i).operands().get(0);
                String labels = i == 0 ? op.lhs() : op.rhs();
                String kept = at(repeat.axes(), labels);
                String repeated = without(labels, kept);
                Value other = value.operands().get(1 - i);
                String otherLabels = i == 0 ? op.rhs() : op.lhs();
                String once = without(op.out(), without(repeated, otherLabels));
                String summed = without(without(repeated, op.out()), without(repeated, otherLabels));
                Value rest = summed.isEmpty() ? other : maker.make(sum(summed, otherLabels), other);
                String restLabels = without(otherLabels, summed);
                Value contracted = i == 0
                        ? maker.make(new Op.Contract(kept, restLabels, once), source, rest)
                        : maker.make(new Op.Contract(restLabels, kept, once), rest, source);
                return maker.make(new Op.Broadcast(value.shape(), positions(once, op.out())), contracted);
            }
        }
        return value;
    }

    private static Op sum(String summed, String labels) {
        List<Integer> axes = positions(summed, labels);
        Collections.sort(axes);
        return new Op.Reduce(Reduction.SUM, axes);
    }

    private static String at(List<Integer> axes, String labels) {
        StringBuilder chosen = new StringBuilder();
        for (int axis : axes) {
            chosen.append(labels.charAt(axis));
        }
        return chosen.toString();
    }

    private static List<Integer> positions(String labels, String in) {
        List<Integer> positions = new ArrayList<>(labels.length());
        for (int i = 0; i < labels.length(); i++) {
            positions.add(in.indexOf(labels.charAt(i)));
        }
        return positions;
    }

    private static String without(String labels, String removed) {
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < labels.length(); i++) {
            if (removed.indexOf(labels.charAt(i)) < 0) {
                rest.append(labels.charAt(i));
            }
        }
        return rest.toString();
    }

    private static String within(String labels, String kept) {
        return without(labels, without(labels, kept));
    }

    /**
     * Absorbs transposed operands into labels and drops labels of extent one. A transposition that a kernel needs for its
     * vectors, see {@link #lowerable}, stays.
     */
    static Value relabel(Value value, Op.Contract op) {
        for (int i = 0; i < 2; i++) {
            Value operand = value.operands().get(i);
            if (operand.op() instanceof Op.Transpose transpose) {
                char[] labels = new char[operand.shape().rank()];
                String now = i == 0 ? op.lhs() : op.rhs();
                for (int axis = 0; axis < labels.length; axis++) {
                    labels[transpose.permutation().get(axis)] = now.charAt(axis);
                }
                String before = new String(labels);
                if (losesVectors(op, now, before)) {
                    continue;
                }
                Value source = operand.operands().get(0);
                return i == 0
                        ? Value.of(
                                new Op.Contract(before, op.rhs(), op.out()),
                                source,
                                value.operands().get(1))
                        : Value.of(
                                new Op.Contract(op.lhs(), before, op.out()),
                                value.operands().get(0),
                                source);
            }
        }
        Value a = value.operands().get(0);
        Value b = value.operands().get(1);
        if (a.shape().dims().contains(1) || b.shape().dims().contains(1)) {
            return dropUnits(value, op, a, b);
        }
        return value;
    }

    /** Whether the last label of the result is the last one of an operand now, but would no longer be. */
    private static boolean losesVectors(Op.Contract op, String now, String before) {
        if (op.out().isEmpty()) {
            return false;
        }
        char vector = op.out().charAt(op.out().length() - 1);
        return now.charAt(now.length() - 1) == vector && before.charAt(before.length() - 1) != vector;
    }

    private static Value dropUnits(Value value, Op.Contract op, Value a, Value b) {
        String lhs = withoutUnits(op.lhs(), a.shape());
        String rhs = withoutUnits(op.rhs(), b.shape());
        String out = withoutUnits(op.out(), value.shape());
        Value squeezed = Value.of(new Op.Contract(lhs, rhs, out), squeeze(a), squeeze(b));
        return squeezed.reshape(value.shape());
    }

    private static String withoutUnits(String labels, Shape shape) {
        StringBuilder kept = new StringBuilder();
        for (int axis = 0; axis < labels.length(); axis++) {
            if (shape.dim(axis) != 1) {
                kept.append(labels.charAt(axis));
            }
        }
        return kept.toString();
    }

    private static Value squeeze(Value value) {
        return value.reshape(
                new Shape(value.shape().dims().stream().filter(dim -> dim != 1).toList()));
    }

    /**
     * A contraction that a kernel takes: the last label of the result is the last label of one operand and missing in
     * the other, so that the kernel's vectors run along it. Otherwise a product and a sum.
     */
    static Value lowerable(Value value, Op.Contract op, Value a, Value b) {
        if (without(op.lhs(), op.out()).isEmpty() || op.out().isEmpty()) {
            return productAndSum(op, a, b);
        }
        char vector = op.out().charAt(op.out().length() - 1);
        boolean inLhs = op.lhs().indexOf(vector) >= 0;
        boolean inRhs = op.rhs().indexOf(vector) >= 0;
        if (inLhs && inRhs) {
            return productAndSum(op, a, b);
        }
        String labels = inLhs ? op.lhs() : op.rhs();
        if (labels.charAt(labels.length() - 1) == vector) {
            return value.over(List.of(a, b));
        }
        String moved = labels.replace(String.valueOf(vector), "") + vector;
        return inLhs
                ? Value.of(new Op.Contract(moved, op.rhs(), op.out()), permute(a, labels, moved), b)
                : Value.of(new Op.Contract(op.lhs(), moved, op.out()), a, permute(b, labels, moved));
    }

    private static Value permute(Value value, String from, String to) {
        return Value.of(new Op.Transpose(positions(to, from)), value);
    }

    private static Value productAndSum(Op.Contract op, Value a, Value b) {
        String all = op.out() + without(op.lhs(), op.out());
        List<Integer> dims = new ArrayList<>();
        for (char label : all.toCharArray()) {
            int inLhs = op.lhs().indexOf(label);
            dims.add(inLhs >= 0 ? a.shape().dim(inLhs) : b.shape().dim(op.rhs().indexOf(label)));
        }
        Shape space = new Shape(dims);
        Value product = spread(a, op.lhs(), all, space).times(spread(b, op.rhs(), all, space));
        int[] axes = new int[all.length() - op.out().length()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = op.out().length() + i;
        }
        return axes.length == 0 ? product : product.sum(axes);
    }

    private static Value spread(Value value, String labels, String all, Shape space) {
        String sorted = within(all, labels);
        Value ordered = sorted.equals(labels) ? value : permute(value, labels, sorted);
        return ordered.broadcast(space, positions(sorted, all));
    }
}
