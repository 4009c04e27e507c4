// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import java.util.List;

/**
 * Equally spaced points.
 *
 * @param coordinates names, the slowest first
 * @param extents points along each
 * @param spacing distance of neighbours along each
 * @param closed whether each axis has points at both of its ends; a periodic axis has none at the second
 */
public record RegularGrid(List<String> coordinates, List<Integer> extents, List<Double> spacing, List<Boolean> closed)
        implements Serializable {
    public RegularGrid {
        coordinates = List.copyOf(coordinates);
        extents = List.copyOf(extents);
        spacing = List.copyOf(spacing);
        closed = List.copyOf(closed);
    }

    /** Number of points. */
    public int points() {
        return extents.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
}
