// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.Value;

/**
 * An order of execution that keeps few values alive: a group that frees at least as much memory as it takes runs as soon
 * as it can, so that a weight's gradient is not left until the end of the backward pass. Otherwise groups run in the
 * order in which they were made.
 */
final class GroupOrder {
    /** For each group the values that it reads from the memory of others. */
    private final Map<Group, Set<Value>> reads;

    private final Map<Value, Integer> readers = new HashMap<>();
    private final Map<Group, Long> written = new HashMap<>();

    private GroupOrder(Map<Group, Set<Value>> reads, Map<Value, Group> home) {
        this.reads = reads;
        for (Set<Value> values : reads.values()) {
            count(values, 1);
        }
        for (Value value : readers.keySet()) {
            written.merge(home.get(value), value.type().bytes(), Long::sum);
        }
    }

    /**
     * Orders groups.
     *
     * @param reads for each group, in the order in which they were made, what it reads from others
     * @param home the group that makes a value
     */
    static List<Group> of(Map<Group, Set<Value>> reads, Map<Value, Group> home) {
        return new GroupOrder(reads, home).order();
    }

    private void count(Set<Value> read, int change) {
        for (Value value : read) {
            readers.put(value, readers.getOrDefault(value, 0) + change);
        }
    }

    private List<Group> order() {
        List<Group> ordered = new ArrayList<>();
        Set<Group> waiting = new LinkedHashSet<>(reads.keySet());
        BitSet numbers = new BitSet();
        for (Group group : waiting) {
            numbers.set(group.id);
        }
        while (!waiting.isEmpty()) {
            Group next = next(waiting, numbers);
            waiting.remove(next);
            numbers.clear(next.id);
            ordered.add(next);
            count(reads.get(next), -1);
        }
        return ordered;
    }

    private Group next(Set<Group> waiting, BitSet numbers) {
        Group first = null;
        for (Group group : waiting) {
            if (!group.before.intersects(numbers)) {
                if (freed(group) >= written.getOrDefault(group, 0L)) {
                    return group;
                }
                first = first == null ? group : first;
            }
        }
        if (first == null) {
            throw new IllegalStateException("Fusion made a cycle of kernels.");
        }
        return first;
    }

    private long freed(Group group) {
        long bytes = 0;
        for (Value value : reads.get(group)) {
            bytes += readers.get(value) == 1 ? value.type().bytes() : 0;
        }
        return bytes;
    }
}
