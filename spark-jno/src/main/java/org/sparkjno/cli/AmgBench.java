// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.bench.amg.AmgBenchmark;
import org.sparkjno.bench.amg.Extent;
import org.sparkjno.bench.amg.Part;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jno bench amg}: sparse solves against their bars, and against other libraries. */
@Command(
        name = "amg",
        description = "Solves the sparse systems of the gallery by the solver that chooses by itself, and prints "
                + "iterations beside their bars; times set-up and solve of Poisson's equation on a cube in turns with "
                + "AMGCL and hypre where they are installed; and measures what a set-up saves and holds. Fails where a "
                + "system is not solved to the true residual that is asked for.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno bench amg --threads 2 --amgcl ~/amgcl"})
final class AmgBench extends Task {
    @Option(
            names = "--parts",
            paramLabel = "PART",
            split = ",",
            description = "What to measure, of: ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @ArgGroup
    private Sizes sizes = new Sizes();

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Points per axis of the cube that is raced (default: ${DEFAULT-VALUE}).")
    private int points;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads, and cores, of each contestant of the race (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Timed repetitions of each contestant, after one that is not (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(names = "--amgcl", paramLabel = "DIR", description = "The folder that holds amgcl/amg.hpp.")
    private Path amgcl;

    @Option(names = "--hypre", paramLabel = "DIR", description = "The folder that holds include/HYPRE.h and lib.")
    private Path hypre;

    /** How large the problems of the gallery are. */
    private static final class Sizes {
        @Option(names = "--full", description = "Add the largest systems to the gallery, of millions of unknowns.")
        private boolean full;

        @Option(names = "--quick", description = "Take small systems, to see in seconds whether all works.")
        private boolean quick;

        Extent extent() {
            return full ? Extent.FULL : quick ? Extent.QUICK : Extent.USUAL;
        }
    }

    @Override
    Outcome execute() throws Exception {
        AmgBenchmark.Options options = new AmgBenchmark.Options(
                parts,
                sizes.extent(),
                points,
                threads,
                repetitions,
                Optional.ofNullable(amgcl),
                Optional.ofNullable(hypre));
        return new AmgReport(new AmgBenchmark(options, console()).run()).outcome();
    }
}
