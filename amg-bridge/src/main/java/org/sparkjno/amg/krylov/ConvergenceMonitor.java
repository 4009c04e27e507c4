// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * Watches the residual norms of a solve: counts iterations, keeps the history, and takes right-hand sides out of the
 * iteration when they claim convergence, diverge, break down or reach the limit. One per solve, for one thread.
 */
public final class ConvergenceMonitor {
    /** A residual that has grown by this factor will not come back. */
    private static final double DIVERGENCE = 1e10;

    private final StoppingCriterion criterion;
    private final double[] scale;
    private final double[] start;
    private final int[] iterations;
    private final boolean[] running;
    private final Status[] claim;
    private final double[][] history;
    private final int[] recorded;

    /**
     * Begins with all right-hand sides at rest.
     *
     * @param scale ‖b‖ of each
     * @param norms ‖b − A x‖ of the initial guesses
     */
    ConvergenceMonitor(StoppingCriterion criterion, double[] scale, double[] norms) {
        this.criterion = criterion;
        this.scale = scale;
        start = norms.clone();
        iterations = new int[scale.length];
        running = new boolean[scale.length];
        claim = new Status[scale.length];
        history = new double[scale.length][16];
        recorded = new int[scale.length];
        for (int j = 0; j < scale.length; j++) {
            record(j, norms[j]);
        }
    }

    /** Whether any right-hand side needs further iterations. */
    public boolean running() {
        for (boolean column : running) {
            if (column) {
                return true;
            }
        }
        return false;
    }

    /** Whether right-hand side j needs further iterations. */
    public boolean running(int j) {
        return running[j];
    }

    /** One scalar per right-hand side, 0 for those that do not run, so that nothing moves there. */
    public double[] scalars(IntToDoubleFunction scalar) {
        double[] values = new double[running.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = running[j] ? scalar.applyAsDouble(j) : 0;
        }
        return values;
    }

    /** Takes right-hand side j out of the iteration. */
    public void stop(int j, Status reason) {
        if (running[j]) {
            running[j] = false;
            claim[j] = reason;
        }
    }

    /** Takes right-hand side j out of the iteration amid a step, of which so many iterations were done. */
    public void stop(int j, Status reason, int iterationsDone) {
        if (running[j]) {
            iterations[j] += iterationsDone;
            stop(j, reason);
        }
    }

    /** One iteration was done; see {@link #advance(double[], int)}. */
    public void advance(double[] norms) {
        advance(norms, 1);
    }

    /**
     * A step was done.
     *
     * @param norms residual norms as the recursion has them
     * @param steps iterations of this step
     */
    public void advance(double[] norms, int steps) {
        for (int j = 0; j < running.length; j++) {
            if (running[j]) {
                iterations[j] += steps;
                record(j, norms[j]);
                if (norms[j] <= criterion.target(scale[j])) {
                    stop(j, Status.CONVERGED);
                } else if (!(norms[j] <= DIVERGENCE * Math.max(start[j], scale[j]))) {
                    stop(j, Status.DIVERGED);
                } else if (iterations[j] >= criterion.iterationLimit()) {
                    stop(j, Status.ITERATION_LIMIT);
                }
            }
        }
    }

    private void record(int j, double norm) {
        if (recorded[j] == history[j].length) {
            history[j] = Arrays.copyOf(history[j], 2 * recorded[j]);
        }
        history[j][recorded[j]++] = scale[j] == 0 ? 0 : norm / scale[j];
    }

    /** Lets right-hand side j iterate (again). */
    void resume(int j) {
        running[j] = true;
        claim[j] = null;
    }

    /** Why j stopped, null if it would go on after a restart. */
    Status claim(int j) {
        return claim[j];
    }

    int iterations(int j) {
        return iterations[j];
    }

    boolean exhausted(int j) {
        return iterations[j] >= criterion.iterationLimit();
    }

    double[] history(int j) {
        return Arrays.copyOf(history[j], recorded[j]);
    }
}
