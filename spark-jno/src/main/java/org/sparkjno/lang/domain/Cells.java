// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.Arrays;

/**
 * Simplices between points: segments, triangles or tetrahedra.
 *
 * @param corners of each: 2, 3 or 4
 * @param indices of the points that they join, cell after cell; readers must not write to them
 */
public record Cells(int corners, int[] indices) {
    /** Nothing between points. */
    public static final Cells NONE = new Cells(1, new int[0]);

    /** Whether there are none. */
    public boolean isNone() {
        return indices.length == 0;
    }

    /** Those cells all of whose corners are among some points, which are then counted anew from 0. */
    public Cells among(int[] points) {
        int[] places = new int[Arrays.stream(indices).max().orElse(-1) + 1];
        Arrays.fill(places, -1);
        for (int i = 0; i < points.length; i++) {
            if (points[i] < places.length) {
                places[points[i]] = i;
            }
        }
        int[] kept = new int[indices.length];
        int count = 0;
        for (int cell = 0; cell < indices.length; cell += corners) {
            boolean all = true;
            for (int k = 0; k < corners; k++) {
                kept[count + k] = places[indices[cell + k]];
                all &= kept[count + k] >= 0;
            }
            count += all ? corners : 0;
        }
        return new Cells(corners, Arrays.copyOf(kept, count));
    }

    /** The same cells at each of some times, where the times of one point follow one another. */
    Cells repeated(int times) {
        int[] all = new int[indices.length * times];
        Arrays.setAll(all, i -> indices[i % indices.length] * times + i / indices.length);
        return new Cells(corners, all);
    }
}
