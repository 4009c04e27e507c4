// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * An expression as a tensor: one axis per named axis, then the components.
 *
 * @param value the tensor
 * @param axes names of its leading axes
 */
public record Traced(Value value, List<Axis> axes) {
    public Traced {
        axes = List.copyOf(axes);
    }

    /** Shape of one value. */
    public Shape components() {
        return new Shape(value.shape().dims().subList(axes.size(), value.shape().rank()));
    }

    /** Extent of one of its axes. */
    public int extent(Axis axis) {
        return value.shape().dim(axes.indexOf(axis));
    }

    /** Another tensor along the same axes. */
    public Traced with(Value other) {
        return new Traced(other, axes);
    }

    /**
     * This along more axes, on which it does not depend.
     *
     * @param wanted a superset of the axes
     * @param extents of {@code wanted}
     */
    public Traced along(List<Axis> wanted, List<Integer> extents) {
        if (wanted.equals(axes)) {
            return this;
        }
        List<Integer> dims = new ArrayList<>(extents);
        List<Integer> places = new ArrayList<>();
        axes.forEach(axis -> places.add(wanted.indexOf(axis)));
        for (int dim : components().dims()) {
            places.add(dims.size());
            dims.add(dim);
        }
        return new Traced(value.broadcast(new Shape(dims), places), wanted);
    }

    /** Some tensors along all of their axes. */
    public static List<Traced> aligned(List<Traced> operands) {
        List<Axis> axes = operands.stream()
                .flatMap(operand -> operand.axes.stream())
                .distinct()
                .sorted()
                .toList();
        List<Integer> extents =
                axes.stream().map(axis -> extent(operands, axis)).toList();
        return operands.stream().map(operand -> operand.along(axes, extents)).toList();
    }

    private static int extent(List<Traced> operands, Axis axis) {
        return operands.stream()
                .filter(operand -> operand.axes.contains(axis))
                .mapToInt(operand -> operand.extent(axis))
                .findFirst()
                .orElseThrow();
    }
}
