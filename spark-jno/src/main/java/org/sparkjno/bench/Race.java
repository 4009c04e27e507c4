// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * One piece of work, done by us and by others in turns, so that a machine that slows down slows all of them down.
 */
public final class Race {
    private static final int ROUNDS = 5;
    private static final int PER_ROUND = 4;

    /**
     * What a race came to.
     *
     * @param name of the work
     * @param oursMillis median of ours
     * @param spread half the interquartile range of ours over its median
     * @param peers median of each peer by name
     * @param ratioToBestPeer ours over the fastest peer; NaN without peers
     */
    public record Result(
            String name, double oursMillis, double spread, Map<String, Double> peers, double ratioToBestPeer) {}

    private Race() {}

    /** Runs a warm-up and then rounds in turn; medians over all rounds. */
    static Result run(String name, Contestant ours, List<Contestant> peers) throws IOException {
        List<Contestant> all = new ArrayList<>(List.of(ours));
        all.addAll(peers);
        Map<Contestant, DoubleStream.Builder> times = new LinkedHashMap<>();
        for (Contestant contestant : all) {
            contestant.repeat(PER_ROUND);
            times.put(contestant, DoubleStream.builder());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : all) {
                for (double millis : contestant.repeat(PER_ROUND)) {
                    times.get(contestant).add(millis);
                }
            }
        }
        Map<Contestant, Timings> measured = new LinkedHashMap<>();
        times.forEach((contestant, millis) ->
                measured.put(contestant, new Timings(millis.build().toArray())));
        Map<String, Double> medians = new LinkedHashMap<>();
        peers.forEach(peer -> medians.put(peer.name(), measured.get(peer).median()));
        double mine = measured.get(ours).median();
        double best =
                medians.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        return new Result(name, mine, measured.get(ours).spread(), medians, mine / best);
    }
}
