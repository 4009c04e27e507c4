// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Value;

/**
 * A perceptron with two encoders U = σ(x·W₁ + b₁) and V = σ(x·W₂ + b₂) that enter every hidden layer: h ← U ⊙ z + V ⊙
 * (1 − z) with z = σ(h·W + b). S. Wang, Y. Teng, P. Perdikaris, "Understanding and mitigating gradient flow pathologies
 * in physics-informed neural networks", SIAM J. Sci. Comput. 43, 2021, equations 43 to 47.
 *
 * @param u first encoder
 * @param v second encoder, of the same sizes
 * @param hidden at least one layer, to the width of the encoders
 * @param output from that width
 * @param activation σ
 */
public record ModifiedMlp(Affine u, Affine v, List<Affine> hidden, Affine output, Activation activation)
        implements Layer {
    public ModifiedMlp {
        hidden = List.copyOf(hidden);
        int width = u.outputs();
        boolean fits =
                u.inputs() == v.inputs() && v.outputs() == width && output.inputs() == width && !hidden.isEmpty();
        for (int i = 0; i < hidden.size(); i++) {
            fits &= hidden.get(i).inputs() == (i == 0 ? u.inputs() : width)
                    && hidden.get(i).outputs() == width;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "The encoders of a modified perceptron have the inputs of its first hidden"
                            + " layer, of which it needs one, and the width of all, but got " + u + ", " + v + ", "
                            + hidden
                            + " and " + output + ".");
        }
    }

    /**
     * A network with these sizes.
     *
     * @param depth number of hidden layers
     */
    public static ModifiedMlp of(
            Activation activation, Initialisation start, int inputs, int width, int depth, int outputs) {
        Linear encoder = new Linear(inputs, width, start);
        List<Affine> hidden = IntStream.range(0, depth)
                .<Affine>mapToObj(i -> new Linear(i == 0 ? inputs : width, width, start))
                .toList();
        return new ModifiedMlp(encoder, encoder, hidden, new Linear(width, outputs, start), activation);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Parameter.under("u", u.parameters()));
        all.addAll(Parameter.under("v", v.parameters()));
        all.addAll(Parameter.listed("hidden", hidden, Model::parameters));
        all.addAll(Parameter.under("output", output.parameters()));
        return all;
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value first = activation.apply(u.apply(weights.under("u"), x));
        Value second = activation.apply(v.apply(weights.under("v"), x));
        Value difference = first.minus(second);
        Value h = x;
        for (int i = 0; i < hidden.size(); i++) {
            Value z = activation.apply(hidden.get(i).apply(weights.under("hidden." + i), h));
            h = z.times(difference).plus(second);
        }
        return output.apply(weights.under("output"), h);
    }
}
