// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.solve.PreparedSystem;

/**
 * What a solve found out, for people and as numbers.
 *
 * @param system the matrix as it was set up
 * @param answer how it was solved
 * @param residual the largest true relative residual, computed from the files' numbers and the solution
 * @param wanted what was asked for, in words
 * @param converged whether the true residual of every right-hand side is that small
 * @param setupSeconds wall clock
 * @param solveSeconds wall clock
 */
record Solved(
        PreparedSystem system,
        PreparedSystem.Answer answer,
        double residual,
        String wanted,
        boolean converged,
        double setupSeconds,
        double solveSeconds) {
    private static final double NOTABLE_INCONSISTENCY = 1e-10;

    private List<SolveReport> reports() {
        return answer.reports();
    }

    private int iterations() {
        return reports().stream().mapToInt(SolveReport::iterations).max().orElse(0);
    }

    private double inconsistency() {
        return reports().stream()
                .mapToDouble(SolveReport::rhsInconsistency)
                .max()
                .orElse(0);
    }

    /** Why the command failed and what to do, one sentence. */
    Optional<String> failure() {
        if (converged) {
            return Optional.empty();
        }
        if (inconsistency() > NOTABLE_INCONSISTENCY) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "The matrix is singular and %.1e of the right-hand side lies outside its range, so that no solution"
                            + " reaches %s (the least-squares solution leaves %.1e); correct the right-hand side.",
                    inconsistency(),
                    wanted,
                    residual));
        }
        String remedy = reports().stream()
                .filter(report -> !report.converged())
                .findFirst()
                .map(report -> report.status().remedy())
                .orElse("The matrix is too ill-conditioned for this tolerance.");
        return Optional.of(String.format(
                Locale.ROOT,
                "The true relative residual is %.1e after %d iterations, but %s was asked for: %s",
                residual,
                iterations(),
                wanted,
                remedy));
    }

    Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("converged", converged);
        metrics.put("iterations", iterations());
        metrics.put("relative_residual", residual);
        metrics.put("levels", levels());
        metrics.put(
                "operator_complexity",
                system.hierarchy().map(Hierarchy::operatorComplexity).orElse(1.0));
        metrics.put(
                "grid_complexity",
                system.hierarchy().map(Hierarchy::gridComplexity).orElse(1.0));
        metrics.put("setup_seconds", setupSeconds);
        metrics.put("solve_seconds", solveSeconds);
        metrics.put("method", answer.strategy().toString());
        metrics.put("reason", system.reason());
        return metrics;
    }

    private int levels() {
        return system.hierarchy().map(hierarchy -> hierarchy.levels().size()).orElse(1);
    }

    List<String> notes() {
        return reports().stream()
                .flatMap(report -> report.notes().stream())
                .distinct()
                .toList();
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line("method", answer.strategy().toString()));
        lines.add(line("chosen", system.reason()));
        lines.add(line(
                "levels",
                String.format(
                        Locale.ROOT,
                        "%d, operator complexity %.2f, grid complexity %.2f",
                        levels(),
                        (Double) metrics().get("operator_complexity"),
                        (Double) metrics().get("grid_complexity"))));
        lines.add(line("iterations", Integer.toString(iterations())));
        lines.add(line(
                "residual", String.format(Locale.ROOT, "%.3e, true and relative; asked for: %s", residual, wanted)));
        lines.add(line("set-up", String.format(Locale.ROOT, "%.3f s", setupSeconds)));
        lines.add(line("solve", String.format(Locale.ROOT, "%.3f s", solveSeconds)));
        notes().forEach(note -> lines.add(line("note", note)));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-10s  %s", name, value);
    }
}
