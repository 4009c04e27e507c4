// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;
import java.util.List;
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
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The columns that each element of one value depends on, from those of the elements of its operands: one rule per
 * operation. An operand of which nothing depends on any column has null.
 */
final class Dependence implements Op.Visitor<int[][]>, IndexedOp.Visitor<int[][]>, WindowedOp.Visitor<int[][]> {
    private final Value value;
    private final List<int[][]> operands;
    private final KnownNumbers known;
    private final ColumnSets sets;

    Dependence(Value value, List<int[][]> operands, KnownNumbers known, ColumnSets sets) {
        this.value = value;
        this.operands = operands;
        this.known = known;
        this.sets = sets;
    }

    /** One set for each element of the value. */
    int[][] columns() {
        return value.op().accept(this);
    }

    @Override
    public int[][] visit(Op.Input op) {
        return null;
    }

    @Override
    public int[][] visit(Op.Constant op) {
        return null;
    }

    /** Through each operand that moves, except where a known number says that it has no influence. */
    @Override
    public int[][] visit(Op.Elementwise op) {
        int[][] total = null;
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) != null) {
                int[][] through = influencing(op.primitive(), i);
                total = total == null ? through : united(total, through);
            }
        }
        return total;
    }

    private int[][] influencing(Primitive primitive, int argument) {
        int[][] columns = operands.get(argument);
        return switch (primitive) {
            case MUL -> where(columns, known.of(value.operands().get(1 - argument)), true);
            case SELECT -> where(columns, known.of(value.operands().get(0)), argument == 1);
            default -> columns;
        };
    }

    /** The sets where a number differs from zero, or where it is zero; all of them when numbers are not known. */
    private static int[][] where(int[][] columns, double[] numbers, boolean nonzero) {
        if (numbers == null || Arrays.stream(numbers).allMatch(number -> number != 0 == nonzero)) {
            return columns;
        }
        int[][] kept = new int[columns.length][];
        Arrays.setAll(kept, i -> numbers[i] != 0 == nonzero ? columns[i] : ColumnSets.NONE);
        return kept;
    }

    private int[][] united(int[][] a, int[][] b) {
        int[][] united = new int[a.length][];
        for (int i = 0; i < united.length; i++) {
            united[i] = sets.union(a[i], b[i]);
        }
        return united;
    }

    @Override
    public int[][] visit(Op.Cast op) {
        return operands.get(0);
    }

    @Override
    public int[][] visit(Op.Broadcast op) {
        return taken(Movements.sources(op, from()));
    }

    @Override
    public int[][] visit(Op.Reshape op) {
        return operands.get(0);
    }

    @Override
    public int[][] visit(Op.Transpose op) {
        return taken(Movements.sources(op, from(), value.shape()));
    }

    @Override
    public int[][] visit(Op.Slice op) {
        return taken(Movements.sources(op, from(), value.shape()));
    }

    @Override
    public int[][] visit(Op.Pad op) {
        return put(operands.get(0), Movements.targets(op, from(), value.shape()), size());
    }

    @Override
    public int[][] visit(Op.Concat op) {
        int[][] all = new int[size()][];
        Arrays.fill(all, ColumnSets.NONE);
        int before = 0;
        for (int k = 0; k < operands.size(); k++) {
            Shape part = value.operands().get(k).shape();
            if (operands.get(k) != null) {
                int[] targets = Movements.targets(op, before, part, value.shape());
                for (int i = 0; i < targets.length; i++) {
                    all[targets[i]] = operands.get(k)[i];
                }
            }
            before += part.dim(op.axis());
        }
        return all;
    }

    @Override
    public int[][] visit(Op.Reduce op) {
        return put(operands.get(0), Movements.targets(op, from(), value.shape()), size());
    }

    @Override
    public int[][] visit(Op.Contract op) {
        ContractionDependence contraction = new ContractionDependence(op, value, sets);
        int[][] total = null;
        for (int i = 0; i < 2; i++) {
            if (operands.get(i) != null) {
                double[] factors = known.of(value.operands().get(1 - i));
                int[][] through = contraction.through(i, operands.get(i), factors);
                total = total == null ? through : united(total, through);
            }
        }
        return total;
    }

    @Override
    public int[][] visit(IndexedOp op) {
        return op.dispatch(this);
    }

    @Override
    public int[][] visit(IndexedOp.Iota op) {
        return null;
    }

    /** Rows whose numbers are not known may be any. */
    @Override
    public int[][] visit(IndexedOp.Gather op) {
        double[] numbers = known.of(value.operands().get(1));
        int rows = from().dim(0);
        int width = rows == 0 ? 0 : operands.get(0).length / rows;
        if (numbers != null && rows > 0) {
            return taken(Movements.rows(numbers, rows, width));
        }
        int[][] any = put(operands.get(0), repeated(operands.get(0).length, width), width);
        return taken(any, repeated(size(), width));
    }

    /** Rows whose numbers are not known may go anywhere. */
    @Override
    public int[][] visit(IndexedOp.ScatterAdd op) {
        double[] numbers = known.of(value.operands().get(1));
        int width = op.rows() == 0 ? 0 : size() / op.rows();
        if (numbers != null) {
            return put(operands.get(0), Movements.rows(numbers, op.rows(), width), size());
        }
        int[][] any = put(operands.get(0), repeated(operands.get(0).length, width), width);
        return taken(any, repeated(size(), width));
    }

    /** The position within its row of each element of many rows. */
    private static int[] repeated(int size, int width) {
        int[] positions = new int[size];
        Arrays.setAll(positions, i -> width == 0 ? -1 : i % width);
        return positions;
    }

    @Override
    public int[][] visit(IndexedOp.ArgSort op) {
        return null;
    }

    @Override
    public int[][] visit(WindowedOp op) {
        return op.dispatch(this);
    }

    @Override
    public int[][] visit(WindowedOp.Reverse op) {
        return taken(Movements.sources(op, from()));
    }

    @Override
    public int[][] visit(WindowedOp.Window op) {
        return taken(Movements.sources(op, from(), value.shape()));
    }

    @Override
    public int[][] visit(WindowedOp.OverlapAdd op) {
        return put(operands.get(0), Movements.targets(op, from(), value.shape()), size());
    }

    @Override
    public int[][] visit(WindowedOp.CumulativeSum op) {
        int[][] running = operands.get(0).clone();
        int step = Math.toIntExact(from().strides()[op.axis()]);
        int extent = from().dim(op.axis());
        for (int i = 0; i < running.length; i++) {
            int at = op.reverse() ? running.length - 1 - i : i;
            boolean isFirst = at / step % extent == (op.reverse() ? extent - 1 : 0);
            if (!isFirst) {
                running[at] = sets.union(running[at], running[op.reverse() ? at + step : at - step]);
            }
        }
        return running;
    }

    /** On what this rank holds; which part of the whole it is, only the run knows. */
    @Override
    public int[][] visit(CollectiveOp op) {
        int[][] own = operands.get(0);
        if (own.length <= size()) {
            return own.length == 0 ? own : taken(own, repeated(size(), own.length));
        }
        return put(own, repeated(own.length, size()), size());
    }

    @Override
    public int[][] visit(RandomBits op) {
        return null;
    }

    @Override
    public int[][] visit(LoopOp.Scan op) {
        throw new IllegalStateException("A loop has several results, see Propagation.");
    }

    @Override
    public int[][] visit(LoopOp.Result op) {
        throw new IllegalStateException("The columns of a result come with those of all results.");
    }

    @Override
    public int[][] visit(RuledOp.Custom op) {
        throw new IllegalStateException("A function with its own rule has several results.");
    }

    @Override
    public int[][] visit(HostOp op) {
        throw new IllegalStateException("A function in Java has several results.");
    }

    @Override
    public int[][] visit(RuledOp.Barrier op) {
        return operands.get(0);
    }

    private Shape from() {
        return value.operands().get(0).shape();
    }

    private int size() {
        return Math.toIntExact(value.shape().size());
    }

    private int[][] taken(int[] sources) {
        return taken(operands.get(0), sources);
    }

    /** The sets at some positions, the empty one at −1. */
    static int[][] taken(int[][] columns, int[] sources) {
        int[][] taken = new int[sources.length][];
        Arrays.setAll(taken, i -> sources[i] < 0 ? ColumnSets.NONE : columns[sources[i]]);
        return taken;
    }

    private int[][] put(int[][] columns, int[] targets, int size) {
        return put(columns, targets, size, sets);
    }

    /** The unions of the sets that go to each position; those with −1 go nowhere. */
    static int[][] put(int[][] columns, int[] targets, int size, ColumnSets sets) {
        int[] start = new int[size + 1];
        for (int target : targets) {
            if (target >= 0) {
                start[target + 1]++;
            }
        }
        for (int i = 0; i < size; i++) {
            start[i + 1] += start[i];
        }
        int[] next = start.clone();
        int[] order = new int[start[size]];
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] >= 0) {
                order[next[targets[i]]++] = i;
            }
        }
        int[][] unions = new int[size][];
        for (int i = 0; i < size; i++) {
            sets.begin();
            for (int k = start[i]; k < start[i + 1]; k++) {
                sets.add(columns[order[k]]);
            }
            unions[i] = sets.end();
        }
        return unions;
    }
}
