// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.bench.Cores;
import org.sparkjno.bench.Scratch;

/** The sparse solver that chooses by itself, measured against its bars and against every peer that is installed. */
public final class AmgBenchmark {
    private final Options options;
    private final PrintWriter console;

    /**
     * What is measured, and how.
     *
     * @param parts of the benchmark
     * @param extent of the gallery
     * @param points per axis of the cube whose Poisson equation is raced
     * @param threads of each contestant
     * @param repetitions that are timed
     * @param amgcl the folder above {@code amgcl/}, if the compiler does not know it
     * @param hypre the folder above hypre's {@code include} and {@code lib}, if the compiler does not know it
     */
    public record Options(
            Set<Part> parts,
            Extent extent,
            int points,
            int threads,
            int repetitions,
            Optional<Path> amgcl,
            Optional<Path> hypre) {
        public Options {
            parts = Set.copyOf(parts);
            requirePositive("size", points);
            requirePositive("number of threads", threads);
            requirePositive("number of repetitions", repetitions);
        }

        private static void requirePositive(String what, int number) {
            if (number < 1) {
                throw new IllegalArgumentException("The " + what + " must be positive, but is " + number + ".");
            }
        }
    }

    /**
     * What was measured; empty where it was not asked for.
     *
     * @param options as asked for
     * @param pinned whether this process was kept on as many cores as it had threads while times were taken
     * @param trials iterations on the gallery
     * @param growth of iterations with unknowns
     * @param race set-up and solve
     * @param ratios of reuse
     * @param absent why a library was not raced, by name
     */
    public record Report(
            Options options,
            boolean pinned,
            List<Trial.Result> trials,
            List<Growth> growth,
            Optional<SparseRace.Result> race,
            List<Ratio> ratios,
            Map<String, String> absent) {
        public Report {
            trials = List.copyOf(trials);
            growth = List.copyOf(growth);
            ratios = List.copyOf(ratios);
            absent = Map.copyOf(absent);
        }

        /** Whether everything was solved, by us and by everyone else who took part. */
        public boolean agrees() {
            return trials.stream().allMatch(Trial.Result::converged)
                    && race.map(SparseRace.Result::agrees).orElse(true);
        }
    }

    /** A benchmark to be run, which tells the console what goes on. */
    public AmgBenchmark(Options options, PrintWriter console) {
        this.options = options;
        this.console = console;
    }

    /** Measures. */
    public Report run() throws IOException {
        List<Trial.Result> trials = options.parts().contains(Part.ITERATIONS) ? trials() : List.of();
        Optional<SparseRace.Result> race = Optional.empty();
        List<Ratio> ratios = List.of();
        Map<String, String> absent = new LinkedHashMap<>();
        boolean pinned;
        try (Scratch scratch = Scratch.create()) {
            Map<String, Path> programs = options.parts().contains(Part.TIME) ? programs(scratch, absent) : Map.of();
            try (Cores cores = Cores.first(options.threads())) {
                pinned = cores.count() == options.threads();
                if (options.parts().contains(Part.REUSE)) {
                    tell("measuring what a set-up saves and holds");
                    ratios = new Ratios(options.points(), options.threads(), options.repetitions()).measure();
                }
                if (options.parts().contains(Part.TIME)) {
                    race = Optional.of(race(programs, absent));
                }
            }
        }
        return new Report(options, pinned, trials, Growth.of(trials), race, ratios, absent);
    }

    private List<Trial.Result> trials() {
        List<Trial.Result> results = new ArrayList<>();
        for (Trial trial : Trials.all(options.extent())) {
            tell("solving " + trial.name());
            results.add(trial.run());
        }
        return results;
    }

    /** The peers' programs that could be compiled, by library. */
    private Map<String, Path> programs(Scratch scratch, Map<String, String> absent) {
        Map<String, Path> programs = new LinkedHashMap<>();
        for (NativeProgram program :
                List.of(NativeProgram.amgcl(options.amgcl()), NativeProgram.hypre(options.hypre()))) {
            try {
                tell("compiling the program that uses " + program.library());
                programs.put(program.library(), program.compile(scratch));
            } catch (IOException e) {
                absent.put(program.library(), e.getMessage());
            }
        }
        return programs;
    }

    private SparseRace.Result race(Map<String, Path> programs, Map<String, String> absent) throws IOException {
        List<NativePeer> peers = new ArrayList<>();
        try (Ours ours = new Ours(Stencils.laplacian(options.points(), 1, 1, 1), options.threads())) {
            for (Map.Entry<String, Path> program : programs.entrySet()) {
                try {
                    peers.addAll(
                            NativePeer.of(program.getKey(), program.getValue(), options.points(), options.threads()));
                } catch (IOException e) {
                    absent.put(program.getKey(), e.getMessage());
                }
            }
            tell("racing against " + peers.size() + " peers");
            return SparseRace.run(ours, peers, options.repetitions());
        } finally {
            peers.forEach(NativePeer::close);
        }
    }

    private void tell(String what) {
        console.println(what);
        console.flush();
    }
}
