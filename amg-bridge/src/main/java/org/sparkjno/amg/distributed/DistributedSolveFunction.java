// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.solve.SolveKind;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.TensorType;

/**
 * The solve as a function in Java: of this rank's values and components of right-hand sides, both f64; its results are
 * components of the solutions, and reports.
 *
 * @param settings how to solve
 * @param kind what the solutions are for
 * @param isTransposed whether the matrix is transposed
 */
record DistributedSolveFunction(DistributedSolve settings, SolveKind kind, boolean isTransposed)
        implements HostFunction {
    @Override
    public String name() {
        return kind + " distributed solve";
    }

    @Override
    public List<TensorType> results(List<TensorType> operands) {
        return List.of(operands.get(1), DistributedSolve.reports(operands.get(1)));
    }

    @Override
    public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
        double[] values = numbers(operands.get(0));
        double[] b = numbers(operands.get(1));
        double[] x = new double[b.length];
        DoubleBuffer reports = results.get(1).asDoubleBuffer();
        int width = reports.remaining() / DistributedSolve.REPORTED;
        for (SolveReport report : settings.solve(values, b, x, width, kind, isTransposed)) {
            reports.put(report.iterations())
                    .put(report.residual())
                    .put(report.status().ordinal());
        }
        results.get(0).asDoubleBuffer().put(x);
    }

    private static double[] numbers(ByteBuffer buffer) {
        DoubleBuffer doubles = buffer.asDoubleBuffer();
        double[] numbers = new double[doubles.remaining()];
        doubles.get(numbers);
        return numbers;
    }
}
