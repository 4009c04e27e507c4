// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.List;
import java.util.Set;

/**
 * Turns that come round and round.
 *
 * @param list in their order
 */
record Turns(List<Turn> list) {
    Turns {
        list = List.copyOf(list);
    }

    private int round() {
        return list.stream().mapToInt(Turn::steps).sum();
    }

    /** Number of the turn that a step, counted from 0, belongs to. */
    int at(long step) {
        long left = step % round();
        int turn = 0;
        while (left >= list.get(turn).steps()) {
            left -= list.get(turn).steps();
            turn++;
        }
        return turn;
    }

    /** How many of the first steps belong to some turns. */
    long before(long step, Set<Integer> turns) {
        long rounds = step / round();
        long left = step % round();
        long count = 0;
        for (int turn = 0; turn < list.size(); turn++) {
            int steps = list.get(turn).steps();
            if (turns.contains(turn)) {
                count += rounds * steps + Math.min(steps, Math.max(0, left));
            }
            left -= steps;
        }
        return count;
    }
}
