// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.Arrays;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.PreparedSystem;
import org.sparkjno.amg.solve.Solver;

/** The solver of this library as it chooses by itself. */
final class Ours implements Entrant {
    private final CsrMatrix matrix;
    private final double[] b;
    private final Solver solver;

    Ours(CsrMatrix matrix, int threads) {
        this.matrix = matrix;
        this.b = new double[matrix.rows()];
        Arrays.fill(b, 1);
        this.solver = Solver.auto().threads(threads).onFailure(OnFailure.RETURN);
    }

    @Override
    public String name() {
        return "spark-jno";
    }

    @Override
    public Run once() {
        // What is left of the last repetition is not this one's to clear away; peers free theirs off the clock too.
        System.gc();
        double[] x = new double[b.length];
        long begun = System.nanoTime();
        PreparedSystem prepared = solver.prepare(matrix);
        long ready = System.nanoTime();
        SolveReport report = prepared.solve(b, x, 1, false).get(0);
        long done = System.nanoTime();
        return new Run((ready - begun) * 1e-9, (done - ready) * 1e-9, report.iterations(), residual(x));
    }

    private double residual(double[] x) {
        double[] rest = new double[b.length];
        matrix.residual(b, x, rest);
        return Math.sqrt(Arrays.stream(rest).map(r -> r * r).sum() / b.length);
    }

    @Override
    public void close() {}
}
