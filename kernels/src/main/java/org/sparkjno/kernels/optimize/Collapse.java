// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.List;

/**
 * Fewer and longer axes for an iteration space: axes of extent one vanish, and neighbours that every access crosses
 * without a jump become one.
 */
final class Collapse {
    private final List<int[]> runs = new ArrayList<>();
    private final List<Integer> extents = new ArrayList<>();

    /**
     * Collapses a space.
     *
     * @param original its extents
     * @param accesses strides of everything that is read or written over it
     * @param keepLast whether the last axis must stay an axis of its own even with extent one
     */
    Collapse(List<Integer> original, List<List<Long>> accesses, boolean keepLast) {
        int rank = original.size();
        for (int axis = 0; axis < rank; axis++) {
            if (original.get(axis) == 1 && !(keepLast && axis == rank - 1)) {
                continue;
            }
            int last = runs.size() - 1;
            if (last >= 0 && continues(accesses, runs.get(last)[0], axis, original.get(axis))) {
                runs.get(last)[0] = axis;
                extents.set(last, extents.get(last) * original.get(axis));
            } else {
                runs.add(new int[] {axis});
                extents.add(original.get(axis));
            }
        }
    }

    private static boolean continues(List<List<Long>> accesses, int outer, int inner, int innerExtent) {
        return accesses.stream().allMatch(strides -> strides.get(outer) == strides.get(inner) * innerExtent);
    }

    List<Integer> extents() {
        return extents;
    }

    /** Strides over the collapsed axes. */
    List<Long> strides(List<Long> original) {
        return runs.stream().map(run -> original.get(run[0])).toList();
    }

    Access access(Access original) {
        return original.with(strides(original.strides()));
    }
}
