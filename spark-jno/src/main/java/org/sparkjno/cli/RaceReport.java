// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.sparkjno.bench.Benchmark;
import org.sparkjno.bench.Race;
import org.sparkjno.bench.RaceDay;

/** A benchmark's report in the form that scripts read, and as a table. */
final class RaceReport {
    private final Benchmark benchmark;
    private final String python;
    private final RaceDay.Report report;

    RaceReport(Benchmark benchmark, String python, RaceDay.Report report) {
        this.benchmark = benchmark;
        this.python = python;
        this.report = report;
    }

    /** Fails when a peer found other numbers than we did. */
    Outcome outcome() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("benchmark", benchmark.toString());
        fields.put("threads", report.threads());
        fields.put("pinned", report.pinned());
        fields.put("absent", report.absent());
        fields.put("results", report.results().stream().map(this::row).toList());
        return new Outcome(fields, text(), report.results().stream().allMatch(Race.Result::agrees));
    }

    private Map<String, Object> row(Race.Result result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", result.name());
        row.put("ready_seconds", result.readySeconds());
        row.put("ours", standing(result, result.ours()));
        Map<String, Object> peers = new LinkedHashMap<>();
        result.peers().forEach(peer -> peers.put(peer.name(), standing(result, peer)));
        row.put("peers", peers);
        row.put("failures", result.failures());
        row.put("best_peer", result.best().map(Race.Standing::name).orElse(null));
        row.put("ratio_to_best_peer", orNull(result.ratioToBest()));
        row.put("of_copy_bandwidth", orNull(report.ofCopy(result)));
        row.put("agrees", result.agrees());
        return row;
    }

    private static Map<String, Object> standing(Race.Result result, Race.Standing standing) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("ms", standing.millis());
        entry.put("least_ms", standing.least());
        entry.put("spread", standing.spread());
        entry.put("difference", Double.isFinite(standing.difference()) ? standing.difference() : null);
        result.amount().ifPresent(amount -> {
            entry.put("rate", amount.rate(standing.millis()));
            entry.put("unit", amount.unit());
        });
        return entry;
    }

    private static Object orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, %d thread%s%s: medians in ms ± half the interquartile range; difference of the results to ours",
                benchmark,
                report.threads(),
                report.threads() == 1 ? "" : "s",
                report.pinned() ? " on as many cores" : " (no taskset here: not kept on as many cores)"));
        report.results().forEach(result -> describe(result, lines));
        for (String library : report.absent()) {
            lines.add("not raced: " + python + " cannot import " + library
                    + " (and numpy); name a Python that can by --python or SPARK_JNO_PYTHON");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private void describe(Race.Result result, List<String> lines) {
        lines.add(String.format(Locale.ROOT, "%s (ready after %.2f s)", result.name(), result.readySeconds()));
        Stream.concat(Stream.of(result.ours()), result.peers().stream())
                .forEach(standing -> lines.add(line(result, standing)));
        result.failures().forEach((peer, why) -> lines.add("  " + peer + " failed: " + why));
        result.best()
                .ifPresent(best -> lines.add(String.format(
                        Locale.ROOT,
                        "  ratio to the best peer (%s): %.2f",
                        best.name(),
                        result.ratioToBest().orElseThrow())));
        report.ofCopy(result)
                .ifPresent(share -> lines.add(
                        String.format(Locale.ROOT, "  share of the fastest copy's bandwidth: %.0f %%", 100 * share)));
        if (!result.agrees()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  FAILED: results differ by more than %.0e, so the contestants do not do the same work",
                    Race.TOLERANCE));
        }
    }

    private static String line(Race.Result result, Race.Standing standing) {
        String rate = result.amount()
                .map(amount -> String.format(Locale.ROOT, "%9.1f %s", amount.rate(standing.millis()), amount.unit()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "  %-28s %9.3f ± %4.1f %%  least %9.3f %s  difference %.1e",
                standing.name(),
                standing.millis(),
                100 * standing.spread(),
                standing.least(),
                rate,
                standing.difference());
    }
}
