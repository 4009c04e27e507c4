// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;

/**
 * W + s·D·U with D {@code [inputs, rank]} and U {@code [rank, outputs]}: E. J. Hu et al., "LoRA: low-rank adaptation of
 * large language models", ICLR 2022. D begins as N(0, 1/inputs), U as 0.
 *
 * @param rank at most so much; cut to what the weight can have
 * @param alpha numerator of the scale s
 * @param law how s depends on the rank
 * @param frozenDown whether only U is trained: L. Zhang et al., "LoRA-FA", arXiv:2308.03303
 */
public record Lora(int rank, double alpha, ScaleLaw law, boolean frozenDown) implements Adapter {
    /** How the scale of an update depends on its rank. */
    public enum ScaleLaw {
        /** s = α/rank, of the first paper. */
        BY_RANK {
            @Override
            double scale(double alpha, int rank) {
                return alpha / rank;
            }
        },
        /**
         * s = α/√rank: D. Kalajdzievski, "A rank stabilization scaling factor for fine-tuning with LoRA",
         * arXiv:2312.03732.
         */
        BY_ROOT {
            @Override
            double scale(double alpha, int rank) {
                return alpha / Math.sqrt(rank);
            }
        };

        abstract double scale(double alpha, int rank);
    }

    public Lora {
        Factors.requireRank(rank);
    }

    /** LoRA. */
    public static Lora of(int rank, double alpha) {
        return new Lora(rank, alpha, ScaleLaw.BY_RANK, false);
    }

    /** Rank-stabilised LoRA. */
    public static Lora rankStabilised(int rank, double alpha) {
        return new Lora(rank, alpha, ScaleLaw.BY_ROOT, false);
    }

    /** LoRA-FA, which trains half of the numbers. */
    public static Lora frozenDown(int rank, double alpha) {
        return new Lora(rank, alpha, ScaleLaw.BY_RANK, true);
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        List<Parameter> both = both(base);
        return frozenDown ? both.subList(1, 2) : both;
    }

    @Override
    public List<Parameter> buffers(Parameter base) {
        return frozenDown ? both(base).subList(0, 1) : List.of();
    }

    private List<Parameter> both(Parameter base) {
        MatrixView view = MatrixView.of(base.shape());
        return Factors.both(view, rank, Factors.byInputs(view), Factors.zero());
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        return base.plus(update(base, own).reshape(base.shape()));
    }

    /** s·D·U as a matrix. */
    Value update(Value base, Map<String, Value> own) {
        int actual = MatrixView.of(base).cut(rank);
        return Factors.product(own).times(law.scale(alpha, actual));
    }
}
