// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Parameter;

/**
 * W + s·D·diag(d)·U·diag(b) with s = α/rank, where D and U are random and frozen, and the vectors d, from 1 on, and b,
 * from 0 on, are trained: D. J. Kopiczko, T. Blankevoort, Y. M. Asano, "VeRA: vector-based random matrix adaptation",
 * ICLR 2024. Each weight has matrices of its own.
 *
 * @param rank of the random matrices; may exceed that of the weight, but is cut to it
 * @param alpha numerator of the scale
 */
public record Vera(int rank, double alpha) implements Adapter {
    public Vera {
        Factors.requireRank(rank);
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        MatrixView view = MatrixView.of(base.shape());
        return List.of(
                new Parameter("d", Shape.of(view.cut(rank)), new Initialiser.Constant(1)),
                new Parameter("b", Shape.of(view.outputs()), Factors.zero()));
    }

    @Override
    public List<Parameter> buffers(Parameter base) {
        MatrixView view = MatrixView.of(base.shape());
        return Factors.both(view, rank, Factors.byInputs(view), new Initialiser.Normal(0, 1));
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        MatrixView view = MatrixView.of(base);
        int actual = view.cut(rank);
        Value down = new MatrixView(view.inputs(), actual).timesColumns(own.get(Factors.DOWN), own.get("d"));
        Value up = new MatrixView(actual, view.outputs()).timesColumns(own.get(Factors.UP), own.get("b"));
        Value change = down.contract("ir,ro->io", up).times(alpha / actual);
        return base.plus(change.reshape(base.shape()));
    }
}
