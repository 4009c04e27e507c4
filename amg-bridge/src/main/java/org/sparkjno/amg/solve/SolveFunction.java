// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.TensorType;

/**
 * The solve as a function in Java: of the values of the matrices, right-hand sides and, it may be, initial guesses; its
 * results are solutions and reports.
 *
 * @param settings how to solve
 * @param pattern of the matrices
 * @param kind what the solutions are for
 * @param isTransposed whether the matrices are transposed
 * @param dtype of values and right-hand sides, f32 or f64
 */
record SolveFunction(SparseSolve settings, Pattern pattern, SolveKind kind, boolean isTransposed, DType dtype)
        implements HostFunction {
    @Override
    public String name() {
        return kind + " sparse solve";
    }

    @Override
    public List<TensorType> results(List<TensorType> operands) {
        SystemShape shape = SystemShape.of(pattern, operands.get(0), operands.get(1));
        return List.of(operands.get(1), shape.reports());
    }

    @Override
    public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
        RealBuffers buffers = new RealBuffers(dtype);
        int batch = buffers.count(operands.get(0)) / Math.max(1, pattern.entries());
        int size = buffers.count(operands.get(1)) / Math.max(1, batch);
        int width = size / Math.max(1, pattern.rows());
        DoubleBuffer reports = results.get(1).asDoubleBuffer();
        settings.team().forTasks(batch, k -> {
            CsrMatrix matrix = CsrMatrix.of(pattern, buffers.read(operands.get(0), k, pattern.entries()));
            double[] b = buffers.read(operands.get(1), k, size);
            double[] x = operands.size() > 2 ? buffers.read(operands.get(2), k, size) : new double[size];
            List<SolveReport> solved = settings.solve(matrix, b, x, width, kind, isTransposed, k);
            for (int column = 0; column < width; column++) {
                SolveReport report = solved.get(column);
                double[] numbers = {
                    report.iterations(), report.residual(), report.status().ordinal()
                };
                reports.put(SparseSolve.REPORTED * (k * width + column), numbers);
            }
            buffers.write(x, results.get(0), k);
        });
    }
}
