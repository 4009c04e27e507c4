// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/** How a contraction lies over the axes of its result: which operand holds the vectors, and all strides. */
final class ContractionShape {
    private ContractionShape() {}

    /** The operand whose last axis is the last axis of the result. */
    static Value vectorOperand(Value value, Op.Contract op) {
        return value.operands().get(vectorsInRhs(op) ? 1 : 0);
    }

    /**
     * Products of a contraction kernel.
     *
     * @param views how their operands are read
     */
    static List<Kernel.Term> terms(List<Group.Product> products, Views views) {
        List<Kernel.Term> terms = new ArrayList<>(products.size());
        for (Group.Product product : products) {
            terms.add(term(product, views));
        }
        return terms;
    }

    private static Kernel.Term term(Group.Product product, Views views) {
        Value value = product.contraction();
        Op.Contract op = product.op();
        boolean inRhs = vectorsInRhs(op);
        String scalarLabels = inRhs ? op.lhs() : op.rhs();
        String vectorLabels = inRhs ? op.rhs() : op.lhs();
        View scalars = views.of(value.operands().get(inRhs ? 0 : 1));
        View vectors = views.of(value.operands().get(inRhs ? 1 : 0));
        List<Integer> extents = new ArrayList<>();
        List<Long> scalarSum = new ArrayList<>();
        List<Long> vectorSum = new ArrayList<>();
        for (int axis = 0; axis < vectorLabels.length(); axis++) {
            char label = vectorLabels.charAt(axis);
            if (op.out().indexOf(label) < 0) {
                extents.add(value.operands().get(inRhs ? 1 : 0).shape().dim(axis));
                vectorSum.add(vectors.strides().get(axis));
                scalarSum.add(scalars.strides().get(scalarLabels.indexOf(label)));
            }
        }
        return new Kernel.Term(
                product.negative(),
                new Access(scalars.base(), scalars.offset(), along(op.out(), scalarLabels, scalars)),
                new Access(vectors.base(), vectors.offset(), along(op.out(), vectorLabels, vectors)),
                extents,
                scalarSum,
                vectorSum);
    }

    private static boolean vectorsInRhs(Op.Contract op) {
        return op.rhs().indexOf(op.out().charAt(op.out().length() - 1)) >= 0;
    }

    private static List<Long> along(String out, String labels, View view) {
        List<Long> strides = new ArrayList<>();
        for (char label : out.toCharArray()) {
            int axis = labels.indexOf(label);
            strides.add(axis < 0 ? 0L : view.strides().get(axis));
        }
        return strides;
    }
}
