// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/** One pass over an iteration space; what a device runs without looking back. */
public sealed interface Kernel {
    /** Extents of the iteration space, outermost axis first, none of them 1. */
    List<Integer> extents();

    /** What it reads. */
    List<Access> reads();

    /** What it writes. */
    List<Access> writes();

    /** Whether its body has periodic functions; if their arguments are far from zero it runs twice. */
    default boolean isPeriodic() {
        return false;
    }

    private static boolean isPeriodic(List<Value> body) {
        for (Value value : body) {
            if (value.op() instanceof Op.Elementwise op && op.primitive().isPeriodic()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it reads from the memory of a value. */
    default boolean reads(Value base) {
        return Access.reach(reads(), base);
    }

    /** Whether it writes to the memory of a value. */
    default boolean writes(Value base) {
        return Access.reach(writes(), base);
    }

    /**
     * A value that the body takes from memory.
     *
     * @param value its name in the body
     * @param access where
     */
    record Load(Value value, Access access) {}

    /**
     * A value of the body that goes to memory.
     *
     * @param value its name in the body
     * @param access where
     */
    record Store(Value value, Access access) {}

    private static List<Access> targets(List<Store> stores) {
        List<Access> targets = new ArrayList<>(stores.size());
        for (Store store : stores) {
            targets.add(store.access());
        }
        return targets;
    }

    /** The products of several sums, in order. */
    static List<Term> terms(List<Sum> sums) {
        List<Term> terms = new ArrayList<>();
        for (Sum sum : sums) {
            terms.addAll(sum.terms());
        }
        return terms;
    }

    /**
     * A value of the body combined over all points that share one element of the target.
     *
     * @param value its name in the body
     * @param reduction how
     * @param access the target; stride 0 along the reduced axes
     */
    record Fold(Value value, Reduction reduction, Access access) {}

    /**
     * One sum of products: at each point {@code Σ_k scalars(point, k) · vectors(point, k)}.
     *
     * @param negative whether it is subtracted
     * @param scalars read with stride 0 along the last axis
     * @param vectors read with stride 1 along the last axis
     * @param sumExtents extents of the summed axes
     * @param scalarSumStrides strides of {@code scalars} along the summed axes
     * @param vectorSumStrides strides of {@code vectors} along the summed axes
     */
    record Term(
            boolean negative,
            Access scalars,
            Access vectors,
            List<Integer> sumExtents,
            List<Long> scalarSumStrides,
            List<Long> vectorSumStrides) {}

    /**
     * What one set of accumulators holds when the body begins.
     *
     * @param result its name in the body
     * @param terms products that are summed
     */
    record Sum(Value result, List<Term> terms) {}

    /**
     * Elementwise work at each point, with optional reductions.
     *
     * @param extents iteration space
     * @param loads values from memory
     * @param body values to compute, operands first
     * @param stores values to memory
     * @param folds reductions, all over the same axes
     */
    record Loop(List<Integer> extents, List<Load> loads, List<Value> body, List<Store> stores, List<Fold> folds)
            implements Kernel {
        @Override
        public List<Access> reads() {
            List<Access> reads = new ArrayList<>(loads.size());
            for (Load load : loads) {
                reads.add(load.access());
            }
            return reads;
        }

        @Override
        public boolean isPeriodic() {
            return Kernel.isPeriodic(body);
        }

        @Override
        public List<Access> writes() {
            List<Access> writes = targets(stores);
            for (Fold fold : folds) {
                writes.add(fold.access());
            }
            return writes;
        }
    }

    /**
     * Sums of contractions and elementwise work on their results.
     *
     * @param extents iteration space: the axes of the result
     * @param rowAxis axis along which no term's vectors change, so that rows share them; −1 if there is none
     * @param sums what is accumulated; all sums have equally many terms, with the same vectors
     * @param loads further values from memory
     * @param body values to compute from the sums, operands first
     * @param stores values to memory
     */
    record Contraction(
            List<Integer> extents, int rowAxis, List<Sum> sums, List<Load> loads, List<Value> body, List<Store> stores)
            implements Kernel {
        /** The products of all sums. */
        public List<Term> terms() {
            return Kernel.terms(sums);
        }

        @Override
        public List<Access> reads() {
            List<Access> reads = new ArrayList<>();
            for (Term term : terms()) {
                reads.add(term.scalars());
                reads.add(term.vectors());
            }
            for (Load load : loads) {
                reads.add(load.access());
            }
            return reads;
        }

        @Override
        public boolean isPeriodic() {
            return Kernel.isPeriodic(body);
        }

        @Override
        public List<Access> writes() {
            return targets(stores);
        }
    }

    /**
     * One operation that no loop over points expresses.
     *
     * @param value what it computes
     * @param operands where its operands lie, with one stride per axis of each
     * @param result where the value goes
     * @param scratch memory that it needs besides; a sort keeps three words per element of a line there
     */
    record Dedicated(Value value, List<Access> operands, Access result, List<Access> scratch) implements Kernel {
        static boolean takes(Op op) {
            return op instanceof IndexedOp
                    || op instanceof CollectiveOp
                    || op instanceof WindowedOp.OverlapAdd
                    || op instanceof WindowedOp.CumulativeSum
                    || op instanceof RandomBits;
        }

        @Override
        public List<Integer> extents() {
            return value.shape().dims();
        }

        @Override
        public List<Access> reads() {
            return operands;
        }

        @Override
        public List<Access> writes() {
            List<Access> writes = new ArrayList<>(List.of(result));
            writes.addAll(scratch);
            return writes;
        }
    }

    /**
     * What the ranks of a world do together. The host does it, between two runs of machine code.
     *
     * @param value what they make
     * @param operand this rank's operand, dense
     * @param work memory for the values of all ranks, which may be the result
     * @param result where the value goes, dense
     */
    record Exchange(Value value, Access operand, Access work, Access result) implements Kernel {
        /** What the ranks do. */
        public CollectiveOp op() {
            return (CollectiveOp) value.op();
        }

        @Override
        public List<Integer> extents() {
            return value.shape().dims();
        }

        @Override
        public List<Access> reads() {
            return List.of(operand);
        }

        @Override
        public List<Access> writes() {
            return work.base() == result.base() ? List.of(result) : List.of(work, result);
        }
    }

    /**
     * A call of a function in Java.
     *
     * @param value the call
     * @param operands where its operands lie, dense
     * @param results where its results go, dense
     */
    record HostCall(Value value, List<Access> operands, List<Access> results) implements Kernel {
        /** What is called. */
        public HostOp op() {
            return (HostOp) value.op();
        }

        @Override
        public List<Integer> extents() {
            return List.of();
        }

        @Override
        public List<Access> reads() {
            return operands;
        }

        @Override
        public List<Access> writes() {
            return results;
        }
    }

    /**
     * A schedule run again and again; its carries are overwritten in place.
     *
     * @param body what an iteration does
     * @param length number of iterations
     * @param inputs where each input of the body lies in the first iteration
     * @param outputs where each output of the body lies in the first iteration
     * @param scratch memory for the values of one iteration, once per thread
     * @param workspace how the scratch memory is divided
     */
    record Repeat(
            Schedule body, int length, List<Advance> inputs, List<Advance> outputs, Access scratch, Workspace workspace)
            implements Kernel {
        /**
         * Memory of the threads that share the iterations: each has an arena, and every one but the first has
         * accumulators of its own, which are added to the carries in the end.
         *
         * @param threads how many share
         * @param stride bytes from one thread's memory to the next one's
         * @param accumulators byte offsets of the accumulators in a thread's memory, one per carry
         */
        public record Workspace(int threads, long stride, List<Long> accumulators) {
            private static final long ALIGNMENT = 64;

            static Workspace of(Schedule body, List<Value> carries, int threads) {
                List<Long> offsets = new ArrayList<>();
                long bytes = body.arenaBytes();
                for (Value carry : carries) {
                    offsets.add(bytes);
                    bytes += (carry.type().bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
                }
                return threads == 1
                        ? new Workspace(1, body.arenaBytes(), List.of())
                        : new Workspace(threads, bytes, offsets);
            }

            long bytes() {
                return threads * stride;
            }
        }

        @Override
        public List<Integer> extents() {
            return List.of(length);
        }

        @Override
        public List<Access> reads() {
            return inputs.stream().map(Advance::access).toList();
        }

        @Override
        public List<Access> writes() {
            List<Access> writes =
                    new ArrayList<>(outputs.stream().map(Advance::access).toList());
            writes.add(scratch);
            return writes;
        }
    }

    /**
     * Memory that an iteration touches.
     *
     * @param access dense memory of the first iteration
     * @param step elements from one iteration to the next; 0 where all touch the same
     */
    record Advance(Access access, long step) {}

    /**
     * Zeros in a whole stored value.
     *
     * @param target what to clear
     */
    record Clear(Access target) implements Kernel {
        @Override
        public List<Integer> extents() {
            return List.of();
        }

        @Override
        public List<Access> reads() {
            return List.of();
        }

        @Override
        public List<Access> writes() {
            return List.of(target);
        }
    }
}
