// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.List;
import java.util.Locale;

/**
 * A side of an interval, rectangle or box, named as seen from the front: the first axis runs from left to right, the second
 * from bottom to top, the third from back to front.
 */
public enum BoxSide {
    LEFT,
    RIGHT,
    BOTTOM,
    TOP,
    BACK,
    FRONT;

    private static final List<BoxSide> ALL = List.of(values());

    /** The sides of a box of 1 to 3 dimensions, the lower before the upper one of each axis. */
    public static List<BoxSide> of(int dimensions) {
        return ALL.subList(0, 2 * dimensions);
    }

    /** The axis that the side is orthogonal to. */
    public int axis() {
        return ordinal() / 2;
    }

    /** Whether the side lies at the upper end of its axis. */
    public boolean isUpper() {
        return ordinal() % 2 == 1;
    }

    /** The name of the side as a boundary tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
