// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;

/**
 * Where elements stand: an affine function of their indices.
 *
 * @param shape the indices
 * @param strides step per axis, may be zero or negative
 * @param offset position of the first element
 */
record Positions(Shape shape, long[] strides, long offset) {
    /** Steps along axes of a tensor, zero everywhere until said otherwise. */
    static Positions within(Shape shape) {
        return new Positions(shape, new long[shape.rank()], 0);
    }

    /** The same but for one axis. */
    Positions step(int axis, long stride, long more) {
        long[] changed = strides.clone();
        changed[axis] = stride;
        return new Positions(shape, changed, offset + more);
    }

    /** Positions of elements in a tensor whose axes have labels, by the labels of the indices; others count as zero. */
    static Positions labelled(String labels, Shape shape, String inside, Shape tensor) {
        long[] strides = new long[labels.length()];
        long[] steps = tensor.strides();
        for (int axis = 0; axis < strides.length; axis++) {
            int at = inside.indexOf(labels.charAt(axis));
            strides[axis] = at < 0 ? 0 : steps[at];
        }
        return new Positions(shape, strides, 0);
    }

    /** The position of each element in row-major order. */
    int[] all() {
        int[] all = new int[Math.toIntExact(shape.size())];
        if (all.length == 0) {
            return all;
        }
        List<Integer> dims = shape.dims();
        all[0] = Math.toIntExact(offset);
        int known = 1;
        for (int axis = dims.size() - 1; axis >= 0; axis--) {
            int step = Math.toIntExact(strides[axis]);
            for (int k = 1; k < dims.get(axis); k++) {
                int shift = k * step;
                int at = k * known;
                for (int i = 0; i < known; i++) {
                    all[at + i] = all[i] + shift;
                }
            }
            known *= dims.get(axis);
        }
        return all;
    }
}
