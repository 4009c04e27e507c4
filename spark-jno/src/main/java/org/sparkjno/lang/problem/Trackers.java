// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.lang.feed.Feed;

/** The trackers of a session: one compiled graph for all that look equally often. They see all points and samples. */
final class Trackers implements AutoCloseable {
    private final Tensors tensors;
    private final List<Look> looks = new ArrayList<>();

    /** Trackers that look together. */
    private record Look(int every, List<Tracker> trackers, Program program) {}

    /**
     * Trackers.
     *
     * @param feed of all data of the trackers
     */
    Trackers(Device device, Tensors tensors, StepGraphs graphs, Feed feed) {
        this.tensors = tensors;
        Map<Integer, List<Tracker>> together = new TreeMap<>();
        for (Tracker tracker : graphs.problem().trackers()) {
            together.computeIfAbsent(tracker.every(), key -> new ArrayList<>()).add(tracker);
        }
        together.forEach((every, trackers) -> looks.add(
                new Look(every, trackers, new Program(device, tensors, graphs.trackers(trackers, feed, every)))));
    }

    /** Tells them that data are others now. */
    void reload() {
        looks.forEach(look -> look.program().reload());
    }

    /** What those see that look after so many steps. */
    Map<String, Double> see(int done) {
        Map<String, Double> seen = new LinkedHashMap<>();
        for (Look look : looks) {
            if (done % look.every() == 0) {
                look.program().load(done, 0);
                look.program().run();
                double[] values = tensors.read(Slot.Result.tracked(look.every()));
                for (int i = 0; i < values.length; i++) {
                    seen.put(look.trackers().get(i).name(), values[i]);
                }
            }
        }
        return seen;
    }

    @Override
    public void close() {
        looks.forEach(look -> look.program().close());
    }
}
