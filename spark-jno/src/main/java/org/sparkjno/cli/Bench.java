// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkjno.bench.FnoBench;
import org.sparkjno.bench.Race;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jno bench}: races against other libraries. */
@Command(
        name = "bench",
        description = "Times compiled steps, in turns with PyTorch and JAX where a Python has them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  SPARK_JNO_PYTHON=~/venv/bin/python jno bench fno"})
final class Bench extends Task {
    /** The benchmarks by name. */
    enum Name {
        fno
    }

    @Parameters(paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Name name;

    @Option(names = "--explain", description = "Print what was compiled to stderr.")
    private boolean explain;

    @Override
    Outcome execute() throws Exception {
        FnoBench.Report report = switch (name) {
            case fno -> FnoBench.run();
        };
        if (explain) {
            console().println(report.explanation());
        }
        return outcome(report);
    }

    /** The report in the form that scripts read, and in words. */
    static Outcome outcome(FnoBench.Report report) {
        Race.Result race = report.race();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", race.name());
        row.put("ours_ms", race.oursMillis());
        row.put("spread", race.spread());
        row.put("peers", race.peers());
        row.put("ratio_to_best_peer", Double.isNaN(race.ratioToBestPeer()) ? null : race.ratioToBestPeer());
        row.put("first_seconds", report.firstSeconds());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("results", List.of(row));
        return new Outcome(fields, text(race, report.firstSeconds()), true);
    }

    private static String text(Race.Result race, double firstSeconds) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %.1f ms per step (± %.1f %%), ready after %.2f s",
                race.name(),
                race.oursMillis(),
                100 * race.spread(),
                firstSeconds));
        race.peers()
                .forEach((peer, millis) -> text.append(String.format(Locale.ROOT, "%n  %s: %.1f ms", peer, millis)));
        text.append(
                race.peers().isEmpty()
                        ? String.format(
                                "%n  no peer was found; name a Python that has torch or jax by SPARK_JNO_PYTHON")
                        : String.format(Locale.ROOT, "%n  ratio to the best peer: %.2f", race.ratioToBestPeer()));
        return text.toString();
    }
}
