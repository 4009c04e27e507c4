// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * One piece of work, done by us and by others in turns, so that a machine that slows down slows all of them down. Before
 * the race all do the same repetitions from the same numbers, and what these yield is compared.
 */
public final class Race {
    /** Largest relative difference between two contestants that do the same work in single precision. */
    public static final double TOLERANCE = 1e-4;

    private static final int ROUNDS = 7;
    private static final int MOST_PER_ROUND = 200;
    private static final double ROUND_MILLIS = 400;

    /**
     * How one contestant did.
     *
     * @param name whose
     * @param millis median of a repetition
     * @param least the shortest repetition, which a busy machine disturbs least
     * @param spread half the interquartile range over the median
     * @param difference largest relative difference to ours over the compared repetitions; 0 for ours
     */
    public record Standing(String name, double millis, double least, double spread, double difference) {}

    /**
     * What a race came to.
     *
     * @param name of the work
     * @param readySeconds until ours was compiled or found compiled
     * @param ours of this library
     * @param peers of the others that finished
     * @param failures why others did not finish, by name
     * @param amount of work per repetition, where a rate is more telling than a time
     */
    public record Result(
            String name,
            double readySeconds,
            Standing ours,
            List<Standing> peers,
            Map<String, String> failures,
            Optional<Amount> amount) {
        public Result {
            peers = List.copyOf(peers);
            failures = Map.copyOf(failures);
        }

        /** The fastest peer. */
        public Optional<Standing> best() {
            return peers.stream().min(Comparator.comparingDouble(Standing::millis));
        }

        /** Our time over that of the fastest peer. */
        public OptionalDouble ratioToBest() {
            return best().map(best -> OptionalDouble.of(ours.millis() / best.millis()))
                    .orElse(OptionalDouble.empty());
        }

        /** Whether all contestants found the same numbers. */
        public boolean agrees() {
            return peers.stream().allMatch(peer -> peer.difference() <= TOLERANCE);
        }

        /** Milliseconds of the fastest contestant. */
        double fastest() {
            return Math.min(ours.millis(), best().map(Standing::millis).orElse(Double.POSITIVE_INFINITY));
        }
    }

    private Race() {}

    /** Compares, warms up, and times in turns; a peer that fails drops out. */
    static Result run(Work work, Compiled ours, List<? extends Contestant> peers) throws IOException {
        double[] expected = ours.observe(work.compared());
        Map<String, String> failures = new LinkedHashMap<>();
        Map<Contestant, Double> differences = new LinkedHashMap<>();
        differences.put(ours, 0.0);
        for (Contestant peer : peers) {
            try {
                differences.put(peer, difference(expected, peer.observe(work.compared())));
            } catch (IOException e) {
                failures.put(peer.name(), e.getMessage());
            }
        }
        Map<Contestant, DoubleStream.Builder> times = new LinkedHashMap<>();
        Map<Contestant, Integer> perRound = new LinkedHashMap<>();
        for (Contestant contestant : differences.keySet()) {
            double millis = new Timings(contestant.repeat(3)).median();
            perRound.put(contestant, (int) Math.max(3, Math.min(MOST_PER_ROUND, ROUND_MILLIS / millis)));
            times.put(contestant, DoubleStream.builder());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : differences.keySet()) {
                for (double millis : contestant.repeat(perRound.get(contestant))) {
                    times.get(contestant).add(millis);
                }
            }
        }
        List<Standing> standings = new ArrayList<>();
        differences.forEach((contestant, difference) -> {
            Timings timings = new Timings(times.get(contestant).build().toArray());
            standings.add(
                    new Standing(contestant.name(), timings.median(), timings.least(), timings.spread(), difference));
        });
        return new Result(
                work.name(),
                ours.readySeconds(),
                standings.get(0),
                standings.subList(1, standings.size()),
                failures,
                work.amount());
    }

    /** Largest relative difference; infinite where the others are not even finite. */
    static double difference(double[] expected, double[] actual) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]);
            largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        return largest;
    }
}
