// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkjno.bench.amg.AmgBenchmark;
import org.sparkjno.bench.amg.Bar;
import org.sparkjno.bench.amg.Growth;
import org.sparkjno.bench.amg.Ratio;
import org.sparkjno.bench.amg.SparseRace;
import org.sparkjno.bench.amg.Trial;

/** What the sparse benchmark measured in the form that scripts read, and as tables. */
final class AmgReport {
    /** Most of the time of the fastest peer. */
    private static final double TIME_BAR = 1;

    private final AmgBenchmark.Report report;

    AmgReport(AmgBenchmark.Report report) {
        this.report = report;
    }

    /** Fails when a system was not solved; a bar that is missed is said, and no failure. */
    Outcome outcome() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("benchmark", "amg");
        fields.put("threads", report.options().threads());
        fields.put("pinned", report.pinned());
        fields.put("size", report.options().points());
        fields.put("repetitions", report.options().repetitions());
        fields.put("iterations", report.trials().stream().map(AmgReport::row).toList());
        fields.put("growth", report.growth().stream().map(AmgReport::row).toList());
        fields.put("race", report.race().map(AmgReport::row).orElse(null));
        fields.put("ratios", report.ratios().stream().map(AmgReport::row).toList());
        fields.put("absent", report.absent());
        return new Outcome(fields, text(), report.agrees());
    }

    private static Map<String, Object> row(Trial.Result result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", result.name());
        row.put("unknowns", result.unknowns());
        row.put("iterations", result.iterations());
        row.put("operator_complexity", result.complexity());
        row.put("levels", result.levels());
        row.put("relative_residual", result.residual());
        row.put("converged", result.converged());
        row.put("reason", result.reason());
        row.put("notes", result.notes());
        row.put("bar", bars(result));
        row.put("reached", result.reached());
        return row;
    }

    private static Map<String, Object> row(Growth growth) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("from", growth.from());
        row.put("to", growth.to());
        row.put("ratio", growth.ratio());
        row.put("bar", Growth.BAR);
        row.put("reached", growth.reached());
        return row;
    }

    private static Map<String, Object> row(Ratio ratio) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", ratio.name());
        row.put("ratio", ratio.value());
        row.put("cost", ratio.cost());
        row.put("unit_cost", ratio.unitCost());
        row.put("unit", ratio.unit());
        row.put("bar", ratio.bar());
        row.put("reached", ratio.reached());
        return row;
    }

    private static Map<String, Object> row(SparseRace.Result race) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ours", row(race.ours()));
        Map<String, Object> peers = new LinkedHashMap<>();
        race.peers().forEach(peer -> peers.put(peer.name(), row(peer)));
        row.put("peers", peers);
        row.put("failures", race.failures());
        row.put("best_peer", race.best().map(SparseRace.Standing::name).orElse(null));
        row.put("ratio_to_best_peer", orNull(race.ratioToBest()));
        row.put("ratio_of_least_to_best_peer", orNull(race.ratioOfLeasts()));
        row.put("bar", TIME_BAR);
        row.put("agrees", race.agrees());
        return row;
    }

    private static Map<String, Object> row(SparseRace.Standing standing) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("setup_seconds", standing.setup());
        row.put("solve_seconds", standing.solve());
        row.put("seconds", standing.total());
        row.put("least_seconds", standing.least());
        row.put("spread", standing.spread());
        row.put("iterations", standing.iterations());
        row.put("relative_residual", Double.isFinite(standing.residual()) ? standing.residual() : null);
        return row;
    }

    private static Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    private static String bars(Trial.Result result) {
        return result.bars().stream().map(Bar::toString).collect(Collectors.joining(" or "));
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        if (!report.trials().isEmpty()) {
            describeTrials(lines);
        }
        if (!report.ratios().isEmpty()) {
            lines.add("Poisson 7-point " + report.options().points() + "³, " + circumstances() + ": medians");
            report.ratios().forEach(ratio -> lines.add(line(ratio)));
        }
        report.race().ifPresent(race -> describe(race, lines));
        report.absent().forEach((library, why) -> lines.add("not raced: " + library + ", since " + why));
        return String.join(System.lineSeparator(), lines);
    }

    private String circumstances() {
        int threads = report.options().threads();
        return String.format(
                Locale.ROOT,
                "%d thread%s%s, %d timed repetition%s",
                threads,
                threads == 1 ? "" : "s",
                report.pinned() ? " on as many cores" : " (no taskset here, or too few cores: not kept on as many)",
                report.options().repetitions(),
                report.options().repetitions() == 1 ? "" : "s");
    }

    private void describeTrials(List<String> lines) {
        lines.add("iterations of the solver that chooses by itself, to a true relative residual of 1e-8, b = 1");
        lines.add(String.format(
                Locale.ROOT,
                "  %-32s %9s %4s %5s  %-34s %s",
                "problem",
                "unknowns",
                "its",
                "opC",
                "bar (iterations at complexity)",
                "levels, choice"));
        report.trials().forEach(result -> describe(result, lines));
        report.growth()
                .forEach(growth -> lines.add(String.format(
                        Locale.ROOT,
                        "  growth from %s to %s: %.2f, bar %.1f %s",
                        growth.from(),
                        growth.to(),
                        growth.ratio(),
                        Growth.BAR,
                        verdict(growth.reached()))));
    }

    private static void describe(Trial.Result result, List<String> lines) {
        lines.add(String.format(
                Locale.ROOT,
                "  %-32s %9d %4d %5.2f  %-34s %d, %s",
                result.name(),
                result.unknowns(),
                result.iterations(),
                result.complexity(),
                bars(result) + " " + verdict(result.reached()),
                result.levels(),
                result.reason()));
        result.notes().forEach(note -> lines.add("    " + note));
        if (!result.converged()) {
            lines.add(String.format(Locale.ROOT, "    FAILED: the true residual is %.1e", result.residual()));
        }
    }

    private static String line(Ratio ratio) {
        return String.format(
                Locale.ROOT,
                "  %-32s %6.2f (%.4g / %.4g %s), bar %.1f %s",
                ratio.name(),
                ratio.value(),
                ratio.cost(),
                ratio.unitCost(),
                ratio.unit(),
                ratio.bar(),
                verdict(ratio.reached()));
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "MISSED";
    }

    private void describe(SparseRace.Result race, List<String> lines) {
        lines.add("Poisson 7-point " + report.options().points() + "³, " + circumstances()
                + ": medians in s ± half the interquartile range");
        Stream.concat(Stream.of(race.ours()), race.peers().stream()).forEach(standing -> lines.add(line(standing)));
        race.failures().forEach((peer, why) -> lines.add("  " + peer + " failed: " + why));
        race.best()
                .ifPresent(best -> lines.add(String.format(
                        Locale.ROOT,
                        "  ratio to the best peer (%s): %.2f, of the shortest repetitions %.2f, bar %.1f %s",
                        best.name(),
                        race.ratioToBest().orElseThrow(),
                        race.ratioOfLeasts().orElseThrow(),
                        TIME_BAR,
                        verdict(race.ratioToBest().orElseThrow() <= TIME_BAR))));
        if (!race.agrees()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  FAILED: a true residual is above %.0e, so the contestants do not do the same work",
                    SparseRace.TOLERANCE));
        }
    }

    private static String line(SparseRace.Standing standing) {
        return String.format(
                Locale.ROOT,
                "  %-24s set-up %8.4f  solve %8.4f  total %8.4f ± %4.1f %%  least %8.4f  %3d iterations  residual %.1e",
                standing.name(),
                standing.setup(),
                standing.solve(),
                standing.total(),
                100 * standing.spread(),
                standing.least(),
                standing.iterations(),
                standing.residual());
    }
}
