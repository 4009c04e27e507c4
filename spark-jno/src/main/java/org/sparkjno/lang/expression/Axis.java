// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A named axis along which an expression has values. Axes of one name are one axis: operands meet by name, never by
 * position or extent. How long an axis is, the data decide.
 *
 * @param kind what lies along it
 * @param name unique in a problem, such as {@code interior}
 */
public record Axis(Kind kind, String name) implements Comparable<Axis>, Serializable {
    /** What lies along an axis. Axes of tensors are in this order. */
    public enum Kind {
        /** Instances of a problem: parameters, sensor functions, fields that differ from one to the next. */
        SAMPLES,
        /** Collocation points of a region; an expression has at most one such axis, and tasks may share it. */
        POINTS,
        /** Nodes of a quadrature, beside points or alone; no step takes only some. Tasks may share those that stand alone. */
        NODES
    }

    private static final Comparator<Axis> ORDER =
            Comparator.comparing(Axis::kind).thenComparing(Axis::name);

    @Override
    public int compareTo(Axis other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
