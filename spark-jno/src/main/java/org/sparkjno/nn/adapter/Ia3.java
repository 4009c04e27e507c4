// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Parameter;

/**
 * W·diag(l), one trained factor per output, from 1 on: H. Liu et al., "Few-shot parameter-efficient fine-tuning is
 * better and cheaper than in-context learning", NeurIPS 2022. The bias is not scaled.
 */
public record Ia3() implements Adapter {
    @Override
    public List<Parameter> parameters(Parameter base) {
        int outputs = MatrixView.of(base.shape()).outputs();
        return List.of(new Parameter("factors", Shape.of(outputs), new Initialiser.Constant(1)));
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        MatrixView view = MatrixView.of(base);
        return view.timesColumns(base.reshape(view.inputs(), view.outputs()), own.get("factors"))
                .reshape(base.shape());
    }
}
