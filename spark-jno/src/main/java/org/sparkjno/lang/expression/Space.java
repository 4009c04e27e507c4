// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sparkjno.kernels.graph.Shape;

/**
 * Where an expression has values and what one value is.
 *
 * @param axes named axes in their order
 * @param components shape of one value: rank 0 for a scalar, {@code [d]} for a vector
 */
public record Space(List<Axis> axes, Shape components) implements Serializable {
    /** One scalar. */
    public static final Space SCALAR = new Space(List.of(), Shape.SCALAR);

    public Space {
        axes = List.copyOf(axes);
    }

    /** Scalars along some axes. */
    public static Space along(Axis... axes) {
        return new Space(List.copyOf(new TreeSet<>(List.of(axes))), Shape.SCALAR);
    }

    /** The same axes with values of another shape. */
    public Space with(Shape other) {
        return new Space(axes, other);
    }

    /** The same without some axes. */
    public Space without(Collection<Axis> removed) {
        return new Space(axes.stream().filter(axis -> !removed.contains(axis)).toList(), components);
    }

    /** All axes of some spaces, in order. */
    public static List<Axis> axes(List<Space> spaces) {
        return spaces.stream()
                .flatMap(space -> space.axes().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The collocation axes among these. */
    public Stream<Axis> points() {
        return axes.stream().filter(axis -> axis.kind() == Axis.Kind.POINTS);
    }

    /** For people: {@code samples × interior} or {@code interior of [2]}. */
    @Override
    public String toString() {
        String along = axes.isEmpty()
                ? "one"
                : String.join(" × ", axes.stream().map(Axis::name).toList());
        return components.rank() == 0 ? along : along + " of " + components;
    }
}
