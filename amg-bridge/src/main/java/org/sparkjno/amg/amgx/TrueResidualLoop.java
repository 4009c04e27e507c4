// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Lets AmgX correct a solution until the true residual is small or it gets no further: iterative refinement, N. J. Higham,
 * "Accuracy and Stability of Numerical Algorithms", 2nd edition 2002, chapter 12. Residuals are computed here, in double
 * precision and with the matrix in double precision, and handed over in units of ‖b‖, so that an absolute tolerance is one
 * relative to b, whatever the initial guess.
 */
record TrueResidualLoop(CsrMatrix matrix, NativeSystem system, double tolerance) {
    /** AmgX must at least halve the true residual to be asked again. */
    private static final double PROGRESS = 0.5;
    /** Later residuals are enlarged by so much, lest AmgX stop on the verge. */
    private static final double MARGIN = 2;

    /** Solves in place: x is the guess on entry, and on return the iterate of the smallest true residual. */
    SolveReport solve(double[] b, double[] x) {
        double length = norm(b);
        if (length == 0) {
            Arrays.fill(x, 0);
            return new SolveReport(0, 0, Status.CONVERGED, new double[] {0}, 0, List.of());
        }
        double[] r = new double[b.length];
        double residual = residual(b, x, r) / length;
        double[] history = {residual};
        double unit = length;
        Status status = residual <= tolerance ? Status.CONVERGED : null;
        while (status == null) {
            double[] correction = new double[b.length];
            NativeSystem.Outcome outcome = system.solve(scaled(1 / unit, r), correction);
            history = joined(history, outcome.residuals());
            double[] next = sum(x, scaled(unit, correction));
            double reached = residual(b, next, r) / length;
            status = judge(outcome.status(), residual, reached);
            if (reached < residual) {
                System.arraycopy(next, 0, x, 0, x.length);
                residual = reached;
            }
            unit = length / MARGIN;
        }
        return new SolveReport(history.length - 1, residual, status, history, 0, List.of());
    }

    /**
     * What to say, or null to go on. AmgX's own word counts least: some versions have one number for divergence and for the
     * limit of iterations.
     */
    private Status judge(int word, double before, double reached) {
        if (reached <= tolerance) {
            return Status.CONVERGED;
        }
        if (word == NativeSystem.Outcome.SUCCESS) {
            return reached <= PROGRESS * before ? null : Status.STALLED;
        }
        if (!(reached <= before)) {
            return Status.DIVERGED;
        }
        return word == NativeSystem.Outcome.FAILED ? Status.BREAKDOWN : Status.ITERATION_LIMIT;
    }

    private static double[] joined(double[] history, double[] steps) {
        return DoubleStream.concat(Arrays.stream(history), Arrays.stream(steps).skip(1))
                .toArray();
    }

    private double residual(double[] b, double[] x, double[] r) {
        matrix.residual(b, x, r);
        return norm(r);
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static double[] scaled(double factor, double[] vector) {
        double[] result = new double[vector.length];
        Arrays.setAll(result, i -> factor * vector[i]);
        return result;
    }

    private static double[] sum(double[] x, double[] y) {
        double[] result = new double[x.length];
        Arrays.setAll(result, i -> x[i] + y[i]);
        return result;
    }
}
