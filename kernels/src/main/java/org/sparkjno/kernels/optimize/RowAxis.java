// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;

/** Finds the axis along which a contraction kernel reuses its vectors. */
final class RowAxis {
    private RowAxis() {}

    /** The longest axis before the last one along which no product's vectors change, or −1. */
    static int of(List<Group.Product> products, Shape space, Views views) {
        List<Kernel.Term> terms = products.stream()
                .map(product -> ContractionShape.term(product.contraction(), product.op(), product.negative(), views))
                .toList();
        return of(terms, space.dims());
    }

    static int of(List<Kernel.Term> terms, List<Integer> extents) {
        int best = -1;
        for (int axis = 0; axis < extents.size() - 1; axis++) {
            int candidate = axis;
            boolean shared =
                    terms.stream().allMatch(term -> term.vectors().strides().get(candidate) == 0);
            if (shared && (best < 0 || extents.get(axis) >= extents.get(best))) {
                best = axis;
            }
        }
        return best;
    }
}
