// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.sparkjno.amg.distributed.DistributedMatrix;
import org.sparkjno.amg.distributed.DistributedSolver;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.parallel.Team;

/**
 * What each task of a solve does.
 *
 * @param reader finds its rows
 * @param sink takes its part of the solution; null sends it to the driver
 * @param settings what all tasks know of the system
 * @param <R> type of the rows of the partition
 */
record SolveProgram<R>(Reader<R> reader, SparkSolve.Sink sink, SolveSettings settings)
        implements TaskProgram<R, SolveProgram.Answer> {
    /** Where a task's rows come from. */
    @FunctionalInterface
    interface Reader<R> extends Serializable {
        SystemRows read(TaskSeat seat, Iterator<R> rows);
    }

    /**
     * What a task tells the driver.
     *
     * @param x its part of the solution; empty if a sink has it
     * @param report the same from all tasks
     * @param levels the hierarchy in one line
     * @param reason the first way, and why
     */
    record Answer(double[] x, SolveReport report, String levels, String reason) implements Serializable {}

    @Override
    public Answer run(TaskSeat seat, Iterator<R> partition) {
        SystemRows rows = reader.read(seat, partition);
        DistributedMatrix matrix = DistributedMatrix.of(seat.collective(), rows.matrix());
        DistributedSolver solver = DistributedSolver.of(matrix, settings.of(matrix, rows), Team.of(seat.threads()));
        double[] x = new double[rows.rightHandSide().length];
        SolveReport report;
        try {
            AtomicLong steps = new AtomicLong();
            Runnable watcher = () -> seat.progress().report(steps.incrementAndGet(), Double.NaN, 0);
            report = solver.solve(rows.rightHandSide(), x, 1, false, watcher).get(0);
        } catch (SolveException e) {
            // A restart would solve the same system in the same way.
            throw new FatalRunException(e.getMessage(), e);
        }
        String levels = solver.hierarchy().map(Object::toString).orElse("no levels");
        if (sink == null) {
            return new Answer(x, report, levels, solver.reason());
        }
        sink.accept(matrix.rows().start(seat.rank()), x);
        return new Answer(new double[0], report, levels, solver.reason());
    }
}
