// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * A splitting with its coarse points numbered in the order of the fine level.
 *
 * @param types the {@link PointType} of every point
 * @param index number of every coarse point; -1 for all others
 * @param place point of every number
 * @param name number of every point in the whole matrix, of which this may be a piece: on grids, points near each other have
 *     near names
 */
record CoarsePoints(byte[] types, int[] index, int[] place, IntToLongFunction name) {
    /** Those of a whole matrix. */
    static CoarsePoints of(byte[] types) {
        return of(types, i -> i);
    }

    static CoarsePoints of(byte[] types, IntToLongFunction name) {
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
        return new CoarsePoints(types, index, Arrays.copyOf(place, count), name);
    }

    /** Number of coarse points. */
    int count() {
        return place.length;
    }

    boolean isCoarse(int point) {
        return types[point] == PointType.COARSE;
    }
}
