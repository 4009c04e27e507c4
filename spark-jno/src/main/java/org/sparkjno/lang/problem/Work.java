// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.feed.Share;
import org.sparkjno.lang.trace.Rows;

/** How much of a step one task computes. */
final class Work {
    private Work() {}

    /** In one line: rows along each axis, and floating-point operations. */
    static String of(Session session) {
        return of(session.feed(), session.step());
    }

    /** In one line: rows along each axis, and floating-point operations of a step. */
    static String of(Feed feed, StepGraph step) {
        Share share = feed.share();
        Map<Axis, Integer> extents = feed.extents();
        String rows = extents.entrySet().stream()
                .map(extent -> {
                    Rows range = share.rows(extent.getKey(), extent.getValue());
                    return extent.getKey() + " " + range.from() + "…" + range.to() + " of " + extent.getValue();
                })
                .collect(Collectors.joining(", "));
        String repeated = share.rank() == share.original() ? "" : ", which repeats task " + share.original();
        double operations = operations(step.graph()) * feed.parts();
        // Plain joining: a formatter is slow to start, and this is said of every training.
        return "task " + share.rank() + " of " + share.tasks() + repeated + ": " + rows + "; "
                + Math.round(operations * 1e-4) / 100.0 + " MFLOP per step"
                + (feed.parts() == 1 ? "" : " of " + feed.parts() + " such parts");
    }

    /** In one line: which axes are divided among the tasks, and which each of them has all of. */
    static String division(Feed feed) {
        Share share = feed.share();
        List<String> divided = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        feed.extents().keySet().forEach(axis -> {
            if (share.parts(axis) > 1) {
                divided.add(axis + " in " + share.parts(axis) + " parts");
            } else {
                whole.add("all " + axis);
            }
        });
        String parts = divided.isEmpty() ? "nothing is divided" : String.join(", ", divided);
        return whole.isEmpty() ? parts : parts + "; each task has " + String.join(", ", whole);
    }

    /** One for each element of an elementwise result, two for each product of a contraction. */
    static double operations(Graph graph) {
        double sum = 0;
        for (Value value : Graph.reach(graph.outputs(), Value::operands)) {
            if (value.op() instanceof Op.Elementwise) {
                sum += value.shape().size();
            } else if (value.op() instanceof Op.Reduce) {
                sum += value.operands().get(0).shape().size();
            } else if (value.op() instanceof Op.Contract contract) {
                sum += 2.0 * products(contract, value);
            }
        }
        return sum;
    }

    private static double products(Op.Contract contract, Value value) {
        double products = value.shape().size();
        Shape left = value.operands().get(0).shape();
        for (int axis = 0; axis < left.rank(); axis++) {
            if (contract.out().indexOf(contract.lhs().charAt(axis)) < 0) {
                products *= left.dim(axis);
            }
        }
        return products;
    }
}
