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

    final int id;
    final Shape space;
    /** Elementwise values and copies, operands first; without contractions, their sums and reductions. */
    final List<Value> body = new ArrayList<>();
    /** What is accumulated before the body runs; empty in a loop. */
    final List<Product> products = new ArrayList<>();
    /** Reductions of values of the body or of memory, all over the same axes. */
    final List<Value> folds = new ArrayList<>();
    /** Groups whose results this one needs, directly or not. */
    final BitSet before = new BitSet();
    /** The value that the accumulators hold, or null in a loop. */
    Value accumulated;

    Group(int id, Shape space) {
        this.id = id;
        this.space = space;
    }

    boolean isContraction() {
        return accumulated != null;
    }

    boolean onlyAccumulates() {
        return isContraction() && body.isEmpty();
    }

    /** Whether the kernel computes or accumulates this value at each point. */
    boolean computes(Value value) {
        return value == accumulated || body.contains(value);
    }
}
