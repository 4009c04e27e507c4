// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/**
 * Sums overlapping windows within the contraction that makes them, which then need no memory: the gradient of a
 * convolution is a convolution with the weights reversed. V. Dumoulin, F. Visin, "A guide to convolution arithmetic for
 * deep learning", 2016, section 4.
 *
 * <p>Zeros around the data meet all weights, so that weights that are not finite spread to the borders of the result.
 */
final class OverlapRule {
    private OverlapRule() {}

    /**
     * A sum of windows as one contraction, where their stride is one and they are not longer than the data.
     *
     * @param value the sum
     * @param op its operation
     * @param windows what it adds, as rebuilt
     */
    static Value lowerable(Value value, WindowedOp.OverlapAdd op, Value windows) {
        if (windows.op() instanceof Op.Contract product
                && op.stride() == 1
                && op.length() <= 2L * windows.shape().dim(op.axis())) {
            char window = product.out().charAt(op.axis());
            char element = product.out().charAt(op.axis() + 1);
            for (int data = 0; data < 2; data++) {
                String moving = data == 0 ? product.lhs() : product.rhs();
                String weights = data == 0 ? product.rhs() : product.lhs();
                if (isOnlyIn(window, moving, weights) && isOnlyIn(element, weights, moving)) {
                    return contraction(value, op, windows, product, data);
                }
            }
        }
        return value.instead(op, List.of(windows));
    }

    private static boolean isOnlyIn(char label, String labels, String others) {
        return labels.indexOf(label) >= 0 && others.indexOf(label) < 0;
    }

    private static Value contraction(
            Value value, WindowedOp.OverlapAdd op, Value windows, Op.Contract product, int data) {
        String window = product.out().substring(op.axis(), op.axis() + 1);
        String element = product.out().substring(op.axis() + 1, op.axis() + 2);
        int size = windows.shape().dim(op.axis() + 1);
        List<Value> operands = new ArrayList<>(windows.operands());
        String lhs = product.lhs();
        String rhs = product.rhs();
        int axis = (data == 0 ? lhs : rhs).indexOf(window);
        operands.set(
                data, pad(operands.get(data), axis, (size - 1) * op.dilation()).window(axis, size, 1, op.dilation()));
        operands.set(1 - data, operands.get(1 - data).reverse((data == 0 ? rhs : lhs).indexOf(element)));
        Op.Contract sum = new Op.Contract(
                data == 0 ? lhs.replace(window, window + element) : lhs,
                data == 0 ? rhs : rhs.replace(window, window + element),
                product.out().replace(element, ""));
        return ContractRules.lowerable(value.instead(sum, operands), sum, operands.get(0), operands.get(1));
    }

    /** Zeros at both ends of an axis; windows along other axes are cut from padded data, so that they stay views. */
    private static Value pad(Value x, int axis, int width) {
        if (x.op() instanceof WindowedOp.Window cut && axis != cut.axis() && axis != cut.axis() + 1) {
            int below = axis < cut.axis() ? axis : axis - 1;
            return x.instead(cut, List.of(pad(x.operands().get(0), below, width)));
        }
        if (x.op() instanceof Op.Pad inner && Collections.max(inner.interior()) == 0) {
            Op.Pad both =
                    new Op.Pad(wider(inner.low(), axis, width), wider(inner.high(), axis, width), inner.interior());
            return x.instead(both, x.operands());
        }
        return x.pad(axis, width, width);
    }

    private static List<Integer> wider(List<Integer> widths, int axis, int width) {
        List<Integer> wider = new ArrayList<>(widths);
        wider.set(axis, widths.get(axis) + width);
        return wider;
    }
}
