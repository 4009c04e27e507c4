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
        for (List<Long> strides : accesses) {
            if (strides.get(outer) != strides.get(inner) * innerExtent) {
                return false;
            }
        }
        return true;
    }

    List<Integer> extents() {
        return extents;
    }

    /** Strides over the collapsed axes. */
    List<Long> strides(List<Long> original) {
        List<Long> strides = new ArrayList<>(runs.size());
        for (int[] run : runs) {
            strides.add(original.get(run[0]));
        }
        return strides;
    }

    Access access(Access original) {
        return original.with(strides(original.strides()));
    }

    List<Kernel.Load> loads(List<Kernel.Load> original) {
        List<Kernel.Load> loads = new ArrayList<>(original.size());
        for (Kernel.Load load : original) {
            loads.add(new Kernel.Load(load.value(), access(load.access())));
        }
        return loads;
    }

    List<Kernel.Store> stores(List<Kernel.Store> original) {
        List<Kernel.Store> stores = new ArrayList<>(original.size());
        for (Kernel.Store store : original) {
            stores.add(new Kernel.Store(store.value(), access(store.access())));
        }
        return stores;
    }

    List<Kernel.Fold> folds(List<Kernel.Fold> original) {
        List<Kernel.Fold> folds = new ArrayList<>(original.size());
        for (Kernel.Fold fold : original) {
            folds.add(new Kernel.Fold(fold.value(), fold.reduction(), access(fold.access())));
        }
        return folds;
    }
}
