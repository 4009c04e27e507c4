// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;

/**
 * W + s·D·R·U with s = α/rank, where D and U are frozen, from the largest singular values of W, and R {@code [rank,
 * rank]} is trained, from 0 on: K. Bałazy et al., "LoRA-XS", arXiv:2405.17604.
 *
 * @param rank how many singular values
 * @param alpha numerator of the scale
 */
public record LoraXs(int rank, double alpha) implements Adapter {
    private static final String CORE = "core";

    public LoraXs {
        Factors.requireRank(rank);
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        int actual = MatrixView.of(base.shape()).cut(rank);
        return List.of(new Parameter(CORE, Shape.of(actual, actual), Factors.zero()));
    }

    @Override
    public List<Parameter> buffers(Parameter base) {
        return Factors.both(MatrixView.of(base.shape()), rank, Factors.zero(), Factors.zero());
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        Value down = own.get(Factors.DOWN).contract("ir,rq->iq", own.get(CORE));
        Value change = down.contract("iq,qo->io", own.get(Factors.UP))
                .times(alpha / MatrixView.of(base).cut(rank));
        return base.plus(change.reshape(base.shape()));
    }

    @Override
    public Map<String, double[]> start(Parameter base, double[] numbers) {
        MatrixView view = MatrixView.of(base.shape());
        SingularValues svd = SingularValues.of(numbers, view.inputs(), view.outputs());
        int actual = view.cut(rank);
        return Map.of(Factors.DOWN, svd.left(0, actual, s -> s), Factors.UP, svd.right(0, actual, s -> 1));
    }
}
