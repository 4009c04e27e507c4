// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;

/** All races of one benchmark, with every peer that is installed. */
public final class RaceDay {
    private static final String COMMON = "peer.py";

    private final Benchmark benchmark;
    private final Device device;
    private final int threads;
    private final Installation installation;
    private final PrintWriter console;
    private final Spectator spectator;

    /** Looks at what was compiled before it is raced. */
    @FunctionalInterface
    public interface Spectator {
        void see(String work, Executable executable) throws IOException;
    }

    /**
     * What a benchmark measured.
     *
     * @param threads that each contestant might use
     * @param pinned whether our process was kept on as many cores
     * @param results one per piece of work
     * @param absent libraries that were not found
     */
    public record Report(int threads, boolean pinned, List<Race.Result> results, List<String> absent) {
        public Report {
            results = List.copyOf(results);
            absent = List.copyOf(absent);
        }

        /** Bytes per second of ours over those of the fastest copy of as many bytes; empty for other work. */
        public OptionalDouble ofCopy(Race.Result result) {
            return results.stream()
                    .filter(copy ->
                            copy.name().equals(Formulas.COPY) && !result.name().equals(Formulas.COPY))
                    .filter(copy -> copy.amount().equals(result.amount()))
                    .mapToDouble(copy -> copy.fastest() / result.ours().millis())
                    .findFirst();
        }
    }

    /**
     * Races to be run.
     *
     * @param device where ours run, on {@code threads} threads
     * @param python interpreter of the peers
     * @param console told what goes on
     * @param spectator shown what was compiled
     */
    public RaceDay(
            Benchmark benchmark, Device device, int threads, String python, PrintWriter console, Spectator spectator) {
        this.benchmark = benchmark;
        this.device = device;
        this.threads = threads;
        this.installation = new Installation(python);
        this.console = console;
        this.spectator = spectator;
    }

    /** Runs the races. */
    public Report run() throws IOException {
        List<String> absent = new ArrayList<>();
        List<Variant> variants = new ArrayList<>(benchmark.variants());
        for (String library : variants.stream().map(Variant::library).distinct().toList()) {
            if (!installation.has(library)) {
                absent.add(library);
                variants.removeIf(variant -> variant.library().equals(library));
            }
        }
        try (Scratch scratch = Scratch.create()) {
            Path script = scratch.unpack(RaceDay.class, benchmark.script());
            scratch.unpack(RaceDay.class, COMMON);
            List<Race.Result> results = new ArrayList<>();
            boolean pinned = true;
            for (Work work : benchmark.works()) {
                try (Compiled ours = new Compiled(device, work);
                        Cores cores = Cores.first(threads)) {
                    spectator.see(work.name(), ours.executable());
                    pinned &= cores.count() == threads;
                    results.add(race(work, ours, variants, script));
                }
            }
            return new Report(threads, pinned, results, absent);
        }
    }

    private Race.Result race(Work work, Compiled ours, List<Variant> variants, Path script) throws IOException {
        Path data = Files.createTempFile(script.getParent(), "data", ".safetensors");
        try (OutputStream stream = Files.newOutputStream(data)) {
            new Safetensors(Map.of(), work.shared()).write(stream);
        }
        List<String> arguments = List.of(String.valueOf(threads), data.toString(), work.name());
        List<PythonPeer> peers = new ArrayList<>();
        try {
            for (Variant variant : variants) {
                peers.add(PythonPeer.start(installation.python(), variant, script, arguments));
            }
            console.println("racing " + work.name() + " against " + variants.size() + " peers");
            console.flush();
            return Race.run(work, ours, peers);
        } finally {
            peers.forEach(PythonPeer::close);
        }
    }
}
