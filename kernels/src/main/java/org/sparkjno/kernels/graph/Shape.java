// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The extents of a tensor, outermost axis first; rank 0 is a scalar.
 *
 * @param dims one non-negative extent per axis
 */
public record Shape(List<Integer> dims) implements Serializable {
    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
        for (int dim : dims) {
            if (dim < 0) {
                throw new ShapeException("A shape has no negative extents, but got " + dims + ".");
            }
        }
    }

    /** The shape with these extents. */
    public static Shape of(int... dims) {
        List<Integer> list = new ArrayList<>(dims.length);
        for (int dim : dims) {
            list.add(dim);
        }
        return new Shape(list);
    }

    public int rank() {
        return dims.size();
    }

    /** Extent of an axis; negative axes count from the last one (−1). */
    public int dim(int axis) {
        return dims.get(axis < 0 ? axis + rank() : axis);
    }

    /** Number of elements. */
    public long size() {
        long size = 1;
        for (int dim : dims) {
            size = Math.multiplyExact(size, (long) dim);
        }
        return size;
    }

    /** Distances, in elements, between neighbours along each axis when stored contiguously, last axis fastest. */
    public long[] strides() {
        long[] strides = new long[rank()];
        long stride = 1;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims.get(axis);
        }
        return strides;
    }

    /** This shape followed by more axes. */
    public Shape append(int... more) {
        List<Integer> list = new ArrayList<>(dims);
        for (int dim : more) {
            list.add(dim);
        }
        return new Shape(list);
    }

    @Override
    public String toString() {
        // The texts of graphs, by which compiled ones are found again, are mostly of shapes: so no stream.
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < dims.size(); i++) {
            text.append(i == 0 ? "" : ",").append(dims.get(i));
        }
        return text.append(']').toString();
    }
}
