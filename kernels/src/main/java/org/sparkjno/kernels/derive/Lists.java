// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;

/** Lists of operands, joined and picked from. */
final class Lists {
    private Lists() {}

    static <T> List<T> concat(List<? extends T> first, List<? extends T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** The elements at some positions. */
    static <T> List<T> at(List<T> list, List<Integer> positions) {
        return positions.stream().map(list::get).toList();
    }
}
