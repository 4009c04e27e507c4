// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/**
 * Which values are only views of others. Shape operations cost nothing where strides can express them; where they
 * cannot, or where a contraction needs its vectors contiguous, the value is copied. A copy changes what is seen through
 * it, so that the search repeats until no copy is added.
 */
final class Views {
    private final Map<Value, View> views = new IdentityHashMap<>();
    private final Set<Value> copies = Collections.newSetFromMap(new IdentityHashMap<>());

    Views(Graph graph) {
        int known;
        do {
            known = copies.size();
            views.clear();
            for (Value value : graph.order()) {
                assign(value);
            }
            copyVectors(graph);
            copyDenseOperands(graph);
            copyOutputs(graph);
        } while (copies.size() > known);
    }

    /** A contraction reads its vectors along contiguous elements. */
    private void copyVectors(Graph graph) {
        for (Value value : graph.order()) {
            if (value.op() instanceof Op.Contract op) {
                Value vectors = ContractionShape.vectorOperand(value, op);
                if (views.get(vectors).strides().get(vectors.shape().rank() - 1) != 1) {
                    copies.add(vectors);
                }
            }
        }
    }

    /** Loops, collectives and functions in Java read their operands as they lie in memory. */
    private void copyDenseOperands(Graph graph) {
        for (Value value : graph.order()) {
            if (value.op() instanceof LoopOp.Scan
                    || value.op() instanceof CollectiveOp
                    || value.op() instanceof HostOp) {
                for (Value operand : value.operands()) {
                    if (!views.get(operand).isDense(operand.shape())) {
                        copies.add(operand);
                    }
                }
            }
        }
    }

    /** An output is a view only of the whole of a computed value that no other output takes. */
    private void copyOutputs(Graph graph) {
        Set<Value> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value output : graph.outputs()) {
            if (!View.isShapeOp(output.op()) || copies.contains(output)) {
                taken.add(output);
            }
        }
        for (Value output : graph.outputs()) {
            View view = views.get(output);
            boolean whole = isComputed(view.base()) && view.isWhole(output.shape());
            if (View.isShapeOp(output.op()) && !copies.contains(output) && !(whole && taken.add(view.base()))) {
                copies.add(output);
            }
        }
    }

    /** How to read a value: as itself when it is stored or computed, else through shape operations. */
    View of(Value value) {
        return views.get(value);
    }

    /** Whether a value is only a view of another one. */
    boolean isView(Value value) {
        return views.get(value).base() != value;
    }

    private void assign(Value value) {
        View view = null;
        if (View.isShapeOp(value.op()) && !copies.contains(value)) {
            Value source = value.operands().get(0);
            view = views.get(source).through(source, value);
            if (view == null) {
                copies.add(source);
                views.put(source, View.whole(source));
                view = View.whole(source).through(source, value);
            }
        }
        views.put(value, view == null ? View.whole(value) : view);
    }

    private static boolean isComputed(Value value) {
        return !(value.op() instanceof Op.Input) && !(value.op() instanceof Op.Constant);
    }
}
