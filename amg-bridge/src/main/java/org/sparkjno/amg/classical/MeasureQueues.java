// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;

/**
 * Points in queues by a small integer measure, first come, first served; all operations take constant time. Measure and
 * links of a point lie side by side, because points are met in no order and each visit is a cache miss.
 */
final class MeasureQueues {
    static final int NONE = -1;

    /** In place of the next point for one that is in no queue. */
    private static final int ABSENT = -2;

    private static final int MEASURE = 0;
    private static final int NEXT = 1;
    private static final int PREVIOUS = 2;
    private static final int FIELDS = 3;

    private final int[] fields;
    private final int[] first;
    private final int[] last;

    /**
     * Empty queues.
     *
     * @param measure of every point; to be raised and lowered between 0 and {@code largest}
     */
    MeasureQueues(int[] measure, int largest) {
        fields = new int[Math.multiplyExact(FIELDS, measure.length)];
        for (int i = 0; i < measure.length; i++) {
            fields[FIELDS * i + MEASURE] = measure[i];
            fields[FIELDS * i + NEXT] = ABSENT;
        }
        first = new int[largest + 1];
        last = new int[largest + 1];
        Arrays.fill(first, NONE);
        Arrays.fill(last, NONE);
    }

    /** The point that has waited longest with a measure, or {@link #NONE}. */
    int first(int measure) {
        return first[measure];
    }

    /** Lets a point wait behind all others of its measure. */
    void enqueue(int point) {
        int at = FIELDS * point;
        int measure = fields[at + MEASURE];
        int tail = last[measure];
        fields[at + PREVIOUS] = tail;
        fields[at + NEXT] = NONE;
        if (tail == NONE) {
            first[measure] = point;
        } else {
            fields[FIELDS * tail + NEXT] = point;
        }
        last[measure] = point;
    }

    /** Takes a point out of its queue; returns whether it was in one. */
    boolean dequeue(int point) {
        int at = FIELDS * point;
        int after = fields[at + NEXT];
        if (after == ABSENT) {
            return false;
        }
        int measure = fields[at + MEASURE];
        int before = fields[at + PREVIOUS];
        fields[at + NEXT] = ABSENT;
        if (before == NONE) {
            first[measure] = after;
        } else {
            fields[FIELDS * before + NEXT] = after;
        }
        if (after == NONE) {
            last[measure] = before;
        } else {
            fields[FIELDS * after + PREVIOUS] = before;
        }
        return true;
    }

    /** Changes the measure of a point, which goes to the end of its new queue if it waits; returns the new measure. */
    int change(int point, int by) {
        boolean waiting = dequeue(point);
        int at = FIELDS * point + MEASURE;
        fields[at] += by;
        if (waiting) {
            enqueue(point);
        }
        return fields[at];
    }
}
