// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.sparkjno.bench.Benchmark;
import org.sparkjno.bench.RaceDay;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jno bench}: races against other libraries. */
@Command(
        name = "bench",
        description = "Times compiled steps and kernels, in turns with PyTorch and JAX where a Python has them. All "
                + "start from the same numbers and must find the same ones; otherwise the command fails.",
        mixinStandardHelpOptions = true,
        subcommands = AmgBench.class,
        footer = {"", "Example:", "  jno bench pinn --python ~/venv/bin/python", "  jno bench amg --amgcl ~/amgcl"})
final class Bench extends Task {
    /** Not required by picocli, which would ask for it before {@code bench amg} too. */
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}; or amg.")
    private Benchmark benchmark;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads, and cores, of each contestant (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            defaultValue = "${env:SPARK_JNO_PYTHON:-python3}",
            description = "The Python whose torch and jax are raced, by default $$SPARK_JNO_PYTHON or python3.")
    private String python;

    @Mixin
    private ExplainOptions explain;

    @Override
    Outcome execute() throws Exception {
        if (benchmark == null) {
            throw wrongUse("Name a benchmark: "
                    + Arrays.stream(Benchmark.values()).map(Benchmark::toString).collect(Collectors.joining(", "))
                    + " or amg.");
        }
        try (CpuDevice device = CpuDevice.open(threads)) {
            RaceDay day = new RaceDay(
                    benchmark,
                    device,
                    threads,
                    python,
                    console(),
                    (work, executable) -> explain.write(work, executable, console()));
            RaceDay.Report report = day.run();
            return new RaceReport(benchmark, python, report).outcome();
        }
    }
}
