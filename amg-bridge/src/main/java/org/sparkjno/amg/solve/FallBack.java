// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.nullspace.SingularSolver;

/**
 * Ways to solve a system, tried in their order until one reaches the tolerance. Where rows are divided over processes all
 * of these take the same decisions, since they see the same norms.
 *
 * @param ways at least one
 * @param criterion when to stop; the limit of iterations holds for each way
 * @param nullSpaces of the matrix
 */
public record FallBack(List<Way> ways, StoppingCriterion criterion, NullSpaces nullSpaces) {
    /** How many times as many iterations the last way is given: it is slow, but nothing comes after it. */
    private static final int LAST_RESORT = 10;
    /** A relative residual from which the next way goes on. */
    private static final double HEADWAY = 0.01;

    public FallBack {
        ways = List.copyOf(ways);
        Objects.requireNonNull(criterion, "criterion");
        Objects.requireNonNull(nullSpaces, "nullSpaces");
    }

    /**
     * One way.
     *
     * @param name for people
     * @param method the iteration
     * @param preconditioner what speeds it up, asked for when the way is tried; empty if the matrix is beyond it
     */
    public record Way(String name, KrylovMethod method, Supplier<Optional<Preconditioner>> preconditioner) {}

    /**
     * How solves ended.
     *
     * @param reports one per right-hand side, of the last way that was tried; notes tell of the ways before
     * @param way number of that way, from 0
     */
    public record Answer(List<SolveReport> reports, int way) {}

    /**
     * Solves A X = B for as many right-hand sides as the space is wide.
     *
     * @param b right-hand sides, (rows x width)
     * @param x initial guesses on entry, solutions on return
     * @throws IllegalArgumentException if the matrix is beyond every way
     */
    public Answer solve(LinearMap a, VectorSpace space, double[] b, double[] x) {
        double[] guess = x.clone();
        List<String> tried = new ArrayList<>();
        List<SolveReport> reports = List.of();
        int taken = 0;
        for (int w = 0; w < ways.size(); w++) {
            Way way = ways.get(w);
            Optional<Preconditioner> inverse = way.preconditioner().get();
            if (inverse.isEmpty()) {
                tried.add(way.name() + " ended before it began: the matrix is beyond it");
                continue;
            }
            taken = w;
            boolean last = w == ways.size() - 1;
            KrylovSolver krylov = new KrylovSolver(way.method(), patience(last), OnFailure.RETURN);
            reports = new SingularSolver(krylov, nullSpaces).solve(a, space, b, x, inverse.get());
            Optional<SolveReport> failure =
                    reports.stream().filter(report -> !report.converged()).findFirst();
            if (failure.isEmpty()) {
                break;
            }
            tried.add(way.name() + " ended " + failure.get());
            if (!last) {
                forget(reports, guess, x);
            }
        }
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("There is no way to solve with a " + a + " as set: "
                    + String.join("; ", tried) + "; take another preconditioner.");
        }
        return new Answer(tried.isEmpty() ? reports : noted(reports, tried), taken);
    }

    /**
     * Where a way came to nothing, the next one starts from the caller's guess: what was left is mostly error in directions
     * that are hard to get rid of.
     */
    private static void forget(List<SolveReport> reports, double[] guess, double[] x) {
        int width = reports.size();
        for (int j = 0; j < width; j++) {
            if (!(reports.get(j).residual() <= HEADWAY)) {
                for (int k = j; k < x.length; k += width) {
                    x[k] = guess[k];
                }
            }
        }
    }

    private StoppingCriterion patience(boolean last) {
        return last && ways.size() > 1 ? criterion.atMost(LAST_RESORT * criterion.iterationLimit()) : criterion;
    }

    private static List<SolveReport> noted(List<SolveReport> reports, List<String> tried) {
        return reports.stream()
                .map(report -> {
                    List<String> notes = new ArrayList<>(report.notes());
                    notes.addAll(tried);
                    return report.withInconsistency(report.rhsInconsistency(), notes);
                })
                .toList();
    }
}
