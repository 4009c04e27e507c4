// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;

/**
 * A splitting with its coarse points numbered in the order of the fine level.
 *
 * @param types the {@link PointType} of every point
 * @param index number of every coarse point; -1 for all others
 * @param place point of every number
 */
record CoarsePoints(byte[] types, int[] index, int[] place) {
    static CoarsePoints of(byte[] types) {
        int[] index = new int[types.length];
        int[] place = new int[types.length];
        int count = 0;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == PointType.COARSE) {
                place[count] = i;
                index[i] = count++;
            } else {
                index[i] = -1;
            }
        }
        return new CoarsePoints(types, index, Arrays.copyOf(place, count));
    }

    /** Number of coarse points. */
    int count() {
        return place.length;
    }

    boolean isCoarse(int point) {
        return types[point] == PointType.COARSE;
    }
}
