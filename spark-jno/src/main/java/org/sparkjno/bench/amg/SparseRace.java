// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.sparkjno.bench.Timings;

/**
 * Set-up and solve of one system, by us and by others in turns, so that a machine that slows down slows all of them down.
 */
public final class SparseRace {
    /**
     * The largest true residual of a contestant that did the work: twice what all are asked for, since some stop by a
     * residual that they update and do not compute.
     */
    public static final double TOLERANCE = 2e-8;

    private SparseRace() {}

    /**
     * How one contestant did, times in seconds.
     *
     * @param name whose
     * @param setup median
     * @param solve median
     * @param total median of set-up and solve together
     * @param least the shortest set-up and solve, which a busy machine disturbs least
     * @param spread half the interquartile range of the total over its median
     * @param iterations of a solve
     * @param residual the largest true relative one
     */
    public record Standing(
            String name,
            double setup,
            double solve,
            double total,
            double least,
            double spread,
            int iterations,
            double residual) {
        static Standing of(String name, List<Run> runs) {
            Timings total = timings(runs, Run::total);
            return new Standing(
                    name,
                    timings(runs, Run::setup).median(),
                    timings(runs, Run::solve).median(),
                    total.median(),
                    total.least(),
                    total.spread(),
                    runs.get(0).iterations(),
                    runs.stream().mapToDouble(Run::residual).max().orElseThrow());
        }

        private static Timings timings(List<Run> runs, ToDoubleFunction<Run> seconds) {
            return new Timings(runs.stream().mapToDouble(seconds).toArray());
        }

        boolean solved() {
            return residual <= TOLERANCE;
        }
    }

    /**
     * What the race came to.
     *
     * @param ours of this library
     * @param peers of the others that finished
     * @param failures why others did not finish, by name
     */
    public record Result(Standing ours, List<Standing> peers, Map<String, String> failures) {
        public Result {
            peers = List.copyOf(peers);
            failures = Map.copyOf(failures);
        }

        /** The fastest peer. */
        public Optional<Standing> best() {
            return peers.stream().min(Comparator.comparingDouble(Standing::total));
        }

        /** Our median over the shortest median of the peers. */
        public OptionalDouble ratioToBest() {
            return ratio(Standing::total);
        }

        /** Our shortest repetition over the shortest of all peers. */
        public OptionalDouble ratioOfLeasts() {
            return ratio(Standing::least);
        }

        private OptionalDouble ratio(ToDoubleFunction<Standing> seconds) {
            OptionalDouble best = peers.stream().mapToDouble(seconds).min();
            return best.isPresent()
                    ? OptionalDouble.of(seconds.applyAsDouble(ours) / best.getAsDouble())
                    : OptionalDouble.empty();
        }

        /** Whether all contestants solved the system. */
        public boolean agrees() {
            return ours.solved() && peers.stream().allMatch(Standing::solved);
        }
    }

    /** One repetition of each that is not timed, then so many in turns; a peer that fails drops out. */
    static Result run(Entrant ours, List<? extends Entrant> peers, int repetitions) throws IOException {
        ours.once();
        Map<Entrant, List<Run>> runs = new LinkedHashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (Entrant peer : peers) {
            attempt(peer, failures).ifPresent(untimed -> runs.put(peer, new ArrayList<>()));
        }
        List<Run> own = new ArrayList<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            own.add(ours.once());
            for (Entrant peer : List.copyOf(runs.keySet())) {
                Optional<Run> run = attempt(peer, failures);
                run.ifPresentOrElse(runs.get(peer)::add, () -> runs.remove(peer));
            }
        }
        List<Standing> standings = new ArrayList<>();
        runs.forEach((peer, its) -> standings.add(Standing.of(peer.name(), its)));
        return new Result(Standing.of(ours.name(), own), standings, failures);
    }

    private static Optional<Run> attempt(Entrant peer, Map<String, String> failures) {
        try {
            return Optional.of(peer.once());
        } catch (IOException e) {
            failures.put(peer.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
