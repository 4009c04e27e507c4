// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * One solve: lets the method run, computes the true residuals, and lets it run again from there until every right-hand
 * side is settled. Restarting from the true residual is iterative refinement, so the recursion of the method may drift.
 */
final class RestartLoop {
    /** Where the recursion claims convergence, the restart must at least halve the true residual. */
    private static final double CLAIM_GAIN = 0.5;
    /** Where the method restarts of its own accord or after a breakdown, the residual must at least move. */
    private static final double RESTART_GAIN = 0.99;
    /** Restarts in succession without that gain. */
    private static final int PATIENCE = 3;

    private final KrylovSolver solver;
    private final PreconditionedSystem system;
    private final VectorSpace space;
    private final double[] b;
    private final double[] x;
    private final double[] r;
    private final double[] best;
    private final double[] bestResidual;
    private final double[] scale;
    private final Status[] settled;
    private final int[] slowRestarts;
    private final ConvergenceMonitor monitor;

    /**
     * Computes the first residuals.
     *
     * @param scale ‖b‖ of every right-hand side
     */
    RestartLoop(
            KrylovSolver solver,
            LinearMap a,
            Preconditioner preconditioner,
            VectorSpace space,
            double[] b,
            double[] x,
            double[] scale) {
        this.solver = solver;
        this.space = space;
        this.b = b;
        this.x = x;
        this.scale = scale;
        system = new PreconditionedSystem(a, preconditioner.begin(space.width()), space);
        r = space.zeros();
        settled = new Status[space.width()];
        slowRestarts = new int[space.width()];
        for (int j = 0; j < scale.length; j++) {
            if (scale[j] == 0) {
                clear(j, x);
            }
        }
        best = x.clone();
        bestResidual = trueResiduals();
        monitor = new ConvergenceMonitor(solver.criterion(), scale, bestResidual);
    }

    List<SolveReport> solve() {
        double[] residual = bestResidual.clone();
        for (int j = 0; j < settled.length; j++) {
            if (residual[j] <= target(j)) {
                settled[j] = Status.CONVERGED;
            }
        }
        KrylovIteration iteration = solver.method().begin(system);
        while (resume()) {
            iteration.run(x, r, monitor);
            double[] before = residual;
            residual = trueResiduals();
            for (int j = 0; j < settled.length; j++) {
                if (settled[j] == null) {
                    judge(j, before[j], residual[j]);
                }
            }
        }
        return reports();
    }

    private double target(int j) {
        return solver.criterion().target(scale[j]);
    }

    /** r = b − A x and its norms. */
    private double[] trueResiduals() {
        system.multiply(x, r);
        space.xpby(b, space.scalars(-1), r);
        return space.norm(r);
    }

    /** Lets those iterate that are not settled; false if all are. */
    private boolean resume() {
        boolean any = false;
        for (int j = 0; j < settled.length; j++) {
            if (settled[j] == null) {
                monitor.resume(j);
                any = true;
            }
        }
        for (int j = 0; any && j < settled.length; j++) {
            if (settled[j] != null) {
                clear(j, r);
            }
        }
        return any;
    }

    private void judge(int j, double before, double after) {
        boolean improved = after < bestResidual[j];
        bestResidual[j] = improved ? after : bestResidual[j];
        settled[j] = after <= target(j) ? Status.CONVERGED : verdict(j, before, after);
        if (settled[j] == null && improved) {
            copy(j, x, best);
        } else if (settled[j] != null && !improved) {
            copy(j, best, x);
        }
    }

    /** Why right-hand side j is given up, null if it is not. */
    private Status verdict(int j, double before, double after) {
        Status claim = monitor.claim(j);
        if (claim == Status.INDEFINITE || claim == Status.DIVERGED) {
            return claim;
        }
        if (!Double.isFinite(after)) {
            return Status.DIVERGED;
        }
        if (monitor.exhausted(j)) {
            return Status.ITERATION_LIMIT;
        }
        if (claim == Status.CONVERGED) {
            return after <= CLAIM_GAIN * before ? null : Status.STALLED;
        }
        slowRestarts[j] = after <= RESTART_GAIN * before ? 0 : slowRestarts[j] + 1;
        if (claim == Status.BREAKDOWN) {
            return slowRestarts[j] == 0 ? null : Status.BREAKDOWN;
        }
        return slowRestarts[j] < PATIENCE ? null : Status.STALLED;
    }

    private List<SolveReport> reports() {
        List<SolveReport> reports = new ArrayList<>();
        for (int j = 0; j < settled.length; j++) {
            double residual = scale[j] == 0 ? 0 : bestResidual[j] / scale[j];
            reports.add(new SolveReport(monitor.iterations(j), residual, settled[j], monitor.history(j), 0, List.of()));
        }
        return reports;
    }

    private void copy(int j, double[] from, double[] to) {
        for (int i = j; i < from.length; i += space.width()) {
            to[i] = from[i];
        }
    }

    private void clear(int j, double[] vectors) {
        for (int i = j; i < vectors.length; i += space.width()) {
            vectors[i] = 0;
        }
    }
}
