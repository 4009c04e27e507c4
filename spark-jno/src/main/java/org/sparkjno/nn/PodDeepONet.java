// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * A DeepONet whose trunk is a fixed basis, sampled at fixed points, of the training outputs: (Σₖ bₖ(f)·φₖ(y))/p +
 * mean(y). L. Lu et al., "A comprehensive and fair comparison of two neural operators", CMAME 393, 2022, section 3.1.3.
 * Several input functions and outputs as in {@link DeepONet}. Basis and mean are buffers, zero until they are assigned,
 * for example from a proper orthogonal decomposition.
 *
 * @param branches one per input function
 * @param points where the basis is sampled
 * @param basis p, number of basis functions of each output
 * @param outputs number of output functions
 */
public record PodDeepONet(List<Layer> branches, int points, int basis, int outputs) implements Model {
    public PodDeepONet {
        branches = List.copyOf(branches);
        if (branches.isEmpty() || points < 1 || basis < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "A POD-DeepONet needs at least one branch, point, basis function and output," + " but got "
                            + branches.size() + ", " + points + ", " + basis + " and " + outputs + ".");
        }
    }

    @Override
    public List<Parameter> parameters() {
        return Branches.parameters(branches);
    }

    /** Those of the branches, {@code modes [points, basis·outputs]} and {@code mean [points, outputs]}. */
    @Override
    public List<Parameter> buffers() {
        List<Parameter> all = new ArrayList<>(Branches.buffers(branches));
        Initialiser zero = new Initialiser.Constant(0);
        all.add(new Parameter("modes", Shape.of(points, basis * outputs), zero));
        all.add(new Parameter("mean", Shape.of(points, outputs), zero));
        return all;
    }

    /**
     * The coefficients of the basis functions for some samples.
     *
     * @param inputs one per branch, {@code [samples, …]}
     * @return {@code [samples, basis·outputs]}
     */
    public Value branch(Weights weights, List<Value> inputs) {
        return Branches.apply(branches, weights, inputs);
    }

    /**
     * All samples at all points.
     *
     * @param branch {@code [samples, basis·outputs]}
     * @return {@code [samples, points, outputs]}
     * @throws ShapeException when the branch has other channels
     */
    public Value combine(Weights weights, Value branch) {
        if (branch.shape().rank() != 2 || branch.shape().dim(1) != basis * outputs) {
            throw new ShapeException("The branches of this POD-DeepONet give " + basis * outputs
                    + " coefficients per sample, " + basis + " for each of " + outputs + " outputs, but are "
                    + branch.type() + ".");
        }
        Value sum = Branches.byOutput(branch, outputs)
                .contract("spo,npo->sno", Branches.byOutput(weights.get("modes"), outputs));
        return sum.times(1.0 / basis).plus(weights.get("mean").broadcastTo(sum.shape()));
    }
}
