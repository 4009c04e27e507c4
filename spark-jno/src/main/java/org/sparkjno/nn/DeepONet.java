// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * The deep operator network Σₖ bₖ(f)·tₖ(y) + b₀: L. Lu, P. Jin, G. Pang, Z. Zhang, G. Karniadakis, "Learning nonlinear
 * operators via DeepONet", Nature Machine Intelligence 3, 2021. Several input functions have a branch each, whose
 * outputs are multiplied: P. Jin, S. Meng, L. Lu, "MIONet", SIAM J. Sci. Comput. 44, 2022. Several outputs share the
 * networks and have basis functions of their own: L. Lu et al., "A comprehensive and fair comparison of two neural
 * operators", CMAME 393, 2022, section 3.1.6.
 *
 * <p>Branch and trunk are separate functions, so that points which all samples share are evaluated once. Each gives
 * {@code basis·outputs} channels, in which channel {@code k·outputs + o} belongs to function k and output o.
 *
 * @param branches one per input function
 * @param trunk of the coordinates
 * @param outputs number of output functions
 * @param bias whether each output has a trainable constant
 */
public record DeepONet(List<Layer> branches, Layer trunk, int outputs, boolean bias) implements Model {
    public DeepONet {
        branches = List.copyOf(branches);
        if (branches.isEmpty() || outputs < 1) {
            throw new IllegalArgumentException("A DeepONet needs at least one branch and one output, but got "
                    + branches.size() + " and " + outputs + ".");
        }
    }

    /** An operator from one function to one function, with a bias. */
    public static DeepONet of(Layer branch, Layer trunk) {
        return new DeepONet(List.of(branch), trunk, 1, true);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Branches.parameters(branches));
        all.addAll(Parameter.under("trunk", trunk.parameters()));
        if (bias) {
            all.add(new Parameter("bias", Shape.of(outputs), new Initialiser.Constant(0)));
        }
        return all;
    }

    @Override
    public List<Parameter> buffers() {
        List<Parameter> all = new ArrayList<>(Branches.buffers(branches));
        all.addAll(Parameter.under("trunk", trunk.buffers()));
        return all;
    }

    /**
     * The coefficients of the basis functions for some samples.
     *
     * @param inputs one per branch, {@code [samples, …]}
     * @return {@code [samples, basis·outputs]}
     * @throws ShapeException when there are more or fewer inputs than branches, or one does not fit its branch
     */
    public Value branch(Weights weights, List<Value> inputs) {
        return Branches.apply(branches, weights, inputs);
    }

    /**
     * The basis functions at some points.
     *
     * @param points {@code [points, coordinates]}, or {@code [samples, points, coordinates]} where samples have points
     * of their own
     * @return {@code [points, basis·outputs]}, or {@code [samples, points, basis·outputs]}
     */
    public Value trunk(Weights weights, Value points) {
        return trunk.apply(weights.under("trunk"), points);
    }

    /**
     * All samples at all points, in one contraction.
     *
     * @param branch {@code [samples, basis·outputs]}
     * @param trunk {@code [points, basis·outputs]}, or a derivative of it in the coordinates
     * @return {@code [samples, points, outputs]}
     * @throws ShapeException when the two do not have the same channels
     */
    public Value combine(Weights weights, Value branch, Value trunk) {
        return biased(weights, contract(branch, "s", trunk, "n", "sn"));
    }

    /**
     * Each sample at its own points.
     *
     * @param branch {@code [samples, basis·outputs]}
     * @param trunk {@code [samples, points, basis·outputs]}
     * @return {@code [samples, points, outputs]}
     */
    public Value combineAligned(Weights weights, Value branch, Value trunk) {
        return biased(weights, contract(branch, "s", trunk, "sn", "sn"));
    }

    /**
     * Each sample at one point: rows of input functions, coordinates and values.
     *
     * @param branch {@code [rows, basis·outputs]}
     * @param trunk {@code [rows, basis·outputs]}
     * @return {@code [rows, outputs]}
     */
    public Value combinePairs(Weights weights, Value branch, Value trunk) {
        return biased(weights, contract(branch, "s", trunk, "s", "s"));
    }

    private Value contract(Value branch, String samples, Value trunk, String points, String result) {
        boolean fits = branch.shape().rank() == samples.length() + 1
                && trunk.shape().rank() == points.length() + 1
                && branch.shape().dim(-1) == trunk.shape().dim(-1)
                && branch.shape().dim(-1) % outputs == 0;
        if (!fits) {
            throw new ShapeException(
                    "Branch and trunk of a DeepONet with " + outputs + " outputs need the same channels, a"
                            + " multiple of " + outputs + ", but are " + branch.type() + " and " + trunk.type() + ".");
        }
        if (outputs == 1) {
            return branch.contract(samples + "p," + points + "p->" + result, trunk)
                    .expandDims(-1);
        }
        return Branches.byOutput(branch, outputs)
                .contract(samples + "po," + points + "po->" + result + "o", Branches.byOutput(trunk, outputs));
    }

    private Value biased(Weights weights, Value sum) {
        return bias ? sum.plus(weights.get("bias").broadcastTo(sum.shape())) : sum;
    }
}
