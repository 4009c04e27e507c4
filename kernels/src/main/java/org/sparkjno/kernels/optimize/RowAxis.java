// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;

/** Finds the axis along which a contraction kernel reuses its vectors. */
final class RowAxis {
    private RowAxis() {}

    /** The longest axis before the last one along which no product's vectors change, or −1. */
    static int of(List<Group.Product> products, Shape space, Views views) {
        return of(ContractionShape.terms(products, views), space.dims());
    }

    static int of(List<Kernel.Term> terms, List<Integer> extents) {
        int best = -1;
        for (int axis = 0; axis < extents.size() - 1; axis++) {
            if (sharesVectors(terms, axis) && (best < 0 || extents.get(axis) >= extents.get(best))) {
                best = axis;
            }
        }
        return best;
    }

    private static boolean sharesVectors(List<Kernel.Term> terms, int axis) {
        for (Kernel.Term term : terms) {
            if (term.vectors().strides().get(axis) != 0) {
                return false;
            }
        }
        return true;
    }
}
