// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Parameter;

/**
 * W + s·(C ⊗ M) with s = α/rank and a Kronecker product of C {@code [rank, rank]} and M {@code [⌈inputs/rank⌉,
 * ⌈outputs/rank⌉]}, cropped to the size of W: S.-Y. Yeh et al., "Navigating text-to-image customization: from LyCORIS
 * fine-tuning to model evaluation", ICLR 2024. C begins as N(0, 1/rank), M as 0.
 *
 * @param rank size of C
 * @param alpha numerator of the scale
 */
public record Lokr(int rank, double alpha) implements Adapter {
    public Lokr {
        Factors.requireRank(rank);
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        MatrixView view = MatrixView.of(base.shape());
        int actual = view.cut(rank);
        return List.of(
                new Parameter("coarse", Shape.of(actual, actual), new Initialiser.Normal(0, 1 / Math.sqrt(actual))),
                new Parameter(
                        "fine", Shape.of(parts(view.inputs(), actual), parts(view.outputs(), actual)), Factors.zero()));
    }

    private static int parts(int extent, int size) {
        return (extent + size - 1) / size;
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        MatrixView view = MatrixView.of(base);
        int actual = view.cut(rank);
        Value fine = own.get("fine");
        Value product = own.get("coarse")
                .contract("ab,io->aibo", fine)
                .reshape(actual * fine.shape().dim(0), actual * fine.shape().dim(1))
                .slice(0, 0, view.inputs())
                .slice(1, 0, view.outputs());
        return base.plus(product.times(alpha / actual).reshape(base.shape()));
    }
}
