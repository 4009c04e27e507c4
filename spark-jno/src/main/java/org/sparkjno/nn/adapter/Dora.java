// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Parameter;

/**
 * LoRA for the direction of each column, and a trained magnitude m, which begins as the column's norm: (W +
 * s·D·U)·diag(m/norms). S.-Y. Liu et al., "DoRA: weight-decomposed low-rank adaptation", ICML 2024, equation 5.
 *
 * @param direction the update of the direction
 */
public record Dora(Lora direction) implements Adapter {
    private static final String MAGNITUDE = "magnitude";

    /** Keeps the norm of a column of zeros differentiable. */
    private static final double TINY = 1e-30;

    /** DoRA with the scale α/rank. */
    public static Dora of(int rank, double alpha) {
        return new Dora(Lora.of(rank, alpha));
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        List<Parameter> all = new ArrayList<>(direction.parameters(base));
        int outputs = MatrixView.of(base.shape()).outputs();
        all.add(new Parameter(MAGNITUDE, Shape.of(outputs), new Initialiser.Constant(1)));
        return all;
    }

    @Override
    public List<Parameter> buffers(Parameter base) {
        return direction.buffers(base);
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        MatrixView view = MatrixView.of(base);
        Value moved = base.reshape(view.inputs(), view.outputs()).plus(direction.update(base, own));
        Value norms = moved.square().sum(0).plus(TINY).sqrt();
        return view.timesColumns(moved, own.get(MAGNITUDE).div(norms)).reshape(base.shape());
    }

    @Override
    public Map<String, double[]> start(Parameter base, double[] numbers) {
        double[] norms = new double[MatrixView.of(base.shape()).outputs()];
        for (int i = 0; i < numbers.length; i++) {
            norms[i % norms.length] += numbers[i] * numbers[i];
        }
        for (int i = 0; i < norms.length; i++) {
            norms[i] = Math.sqrt(norms[i]);
        }
        return Map.of(MAGNITUDE, norms);
    }
}
