// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A preconditioner as a linear function of a graph, z = M⁻¹ r, for iterations that are written as graphs themselves. It knows
 * its transpose, so that gradients reach r; the matrix it was made of is fixed.
 *
 * @param inverse M⁻¹, a linear mapping
 * @param rows of the matrix
 */
public record GraphPreconditioner(Preconditioner inverse, int rows) {
    public GraphPreconditioner {
        Objects.requireNonNull(inverse, "inverse");
    }

    /**
     * The preconditioner of the way that a system is solved by first.
     *
     * @throws IllegalArgumentException if it is no linear mapping, as a K-cycle
     */
    public static GraphPreconditioner of(PreparedSystem system) {
        Preconditioner inverse = system.preconditioner();
        if (inverse instanceof Multigrid cycle && !cycle.isLinear()) {
            throw new IllegalArgumentException(
                    "A " + cycle + " is no linear mapping, so it has no transpose; take a V, W or F cycle.");
        }
        return new GraphPreconditioner(inverse, system.traits().rows());
    }

    /**
     * M⁻¹ r.
     *
     * @param residual f32 or f64, {@code [rows]} or {@code [rows, width]}
     * @throws ShapeException if it is of another type
     */
    public Value apply(Value residual) {
        TensorType type = residual.type();
        int rank = type.shape().rank();
        boolean isReal = type.dtype() == DType.F32 || type.dtype() == DType.F64;
        if (!isReal || rank < 1 || rank > 2 || type.shape().dim(0) != rows) {
            throw new ShapeException("A preconditioner of " + rows + " rows takes residuals [" + rows + "] or [" + rows
                    + ", width] of f32 or f64, but got " + type + ".");
        }
        Application function = new Application(inverse, rows, type.dtype());
        CustomRule rule = new CustomRule(
                function.name(),
                Optional.of((arguments, z, change) -> each(change, this)),
                Optional.of((arguments, change) -> each(change, new GraphPreconditioner(inverse.transposed(), rows))),
                false);
        return RuledOp.custom(rule, HostOp.call(function, residual), List.of(residual))
                .get(0);
    }

    private static List<Value> each(List<Value> change, GraphPreconditioner preconditioner) {
        return Arrays.asList(change.get(0) == null ? null : preconditioner.apply(change.get(0)));
    }

    /** The function in Java. */
    private record Application(Preconditioner inverse, int rows, DType dtype) implements HostFunction {
        @Override
        public String name() {
            return "preconditioner";
        }

        @Override
        public List<TensorType> results(List<TensorType> operands) {
            return List.of(operands.get(0));
        }

        @Override
        public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
            RealBuffers buffers = new RealBuffers(dtype);
            double[] residual = buffers.read(operands.get(0), 0, buffers.count(operands.get(0)));
            double[] correction = new double[residual.length];
            inverse.begin(residual.length / Math.max(1, rows)).apply(residual, correction);
            buffers.write(correction, results.get(0), 0);
        }
    }
}
