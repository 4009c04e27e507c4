// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/** Values that one kernel computes, while {@link Fusion} grows it. */
final class Group {
    /** A contraction that the kernel accumulates, with its sign. */
    record Product(Value contraction, boolean negative) {
        Op.Contract op() {
            return (Op.Contract) contraction.op();
        }
    }

    /**
     * Contractions that one set of accumulators sums.
     *
     * @param accumulated the value that they hold
     * @param products what is added and subtracted
     */
    record Sum(Value accumulated, List<Product> products) {}

    final int id;
    final Shape space;
    /** Elementwise values and copies, operands first; without contractions, their sums and reductions. */
    final List<Value> body = new ArrayList<>();
    /** What is accumulated before the body runs; empty in a loop. */
    final List<Sum> sums = new ArrayList<>();
    /** Reductions of values of the body or of memory, all over the same axes. */
    final List<Value> folds = new ArrayList<>();
    /** Groups whose results this one needs, directly or not. */
    final BitSet before = new BitSet();

    Group(int id, Shape space) {
        this.id = id;
        this.space = space;
    }

    boolean isContraction() {
        return !sums.isEmpty();
    }

    /** Whether accumulators hold this value when the body begins. */
    boolean accumulates(Value value) {
        for (Sum sum : sums) {
            if (sum.accumulated() == value) {
                return true;
            }
        }
        return false;
    }

    List<Product> products() {
        List<Product> products = new ArrayList<>();
        for (Sum sum : sums) {
            products.addAll(sum.products());
        }
        return products;
    }

    boolean onlyAccumulates() {
        return isContraction() && body.isEmpty();
    }

    /** Whether the kernel computes or accumulates this value at each point. */
    boolean computes(Value value) {
        return accumulates(value) || body.contains(value);
    }
}
