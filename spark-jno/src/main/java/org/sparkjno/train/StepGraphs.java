// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.ParameterLayout;
import org.sparkjno.nn.Weights;
import org.sparkjno.optim.UpdateRule;

/**
 * The functions that a replica compiles. All parameters are one vector, all buffers another, so that a function has few
 * arguments and the update is one loop.
 */
public final class StepGraphs {
    private final Recipe recipe;
    private final ParameterLayout parameterLayout;
    private final UpdateRule rule;
    private final ParameterLayout bufferLayout;
    private final TensorType inputs;
    private final TensorType targets;

    /**
     * The functions of a recipe for samples of these shapes.
     *
     * @param input shape of one input
     * @param target shape of one target
     */
    public StepGraphs(Recipe recipe, Shape input, Shape target) {
        this.recipe = recipe;
        this.parameterLayout = ParameterLayout.of(recipe.model().parameters(), recipe.precision());
        this.rule = recipe.optimiser().over(parameterLayout);
        this.bufferLayout = ParameterLayout.of(recipe.model().buffers(), recipe.precision());
        this.inputs =
                new TensorType(recipe.precision(), Shape.of(recipe.batch()).append(extents(input)));
        this.targets =
                new TensorType(recipe.precision(), Shape.of(recipe.batch()).append(extents(target)));
    }

    private static int[] extents(Shape shape) {
        return shape.dims().stream().mapToInt(Integer::intValue).toArray();
    }

    ParameterLayout parameterLayout() {
        return parameterLayout;
    }

    /** The optimiser's rule for the parameters of the model. */
    UpdateRule rule() {
        return rule;
    }

    TensorType inputs() {
        return inputs;
    }

    TensorType targets() {
        return targets;
    }

    /** Type of the small vector of the optimiser's settings. */
    TensorType settings() {
        return vector(rule.settingCount());
    }

    private TensorType vector(int size) {
        return new TensorType(recipe.precision(), Shape.of(size));
    }

    /** All functions of training with so many replicas. */
    public List<StepFunction> training(int replicas) {
        int updated = 1 + rule.state().size();
        return List.of(new StepFunction("step", wholeStep(replicas), updated), new StepFunction("errors", errors(), 0));
    }

    /** All functions of applying a trained model. */
    public List<StepFunction> evaluation() {
        return List.of(new StepFunction("errors", errors(), 0), new StepFunction("prediction", prediction(), 0));
    }

    /** [parameters, state…, buffers, inputs, targets, settings] → [parameters, state…, loss], for a replica alone. */
    public Graph wholeStep() {
        return wholeStep(1);
    }

    /** The same for one of several replicas: the loss and its gradient are summed over all of them. */
    Graph wholeStep(int replicas) {
        Arguments in = new Arguments();
        List<Value> state = state();
        Value settings = Value.input("settings", settings());
        Value loss = in.loss();
        Value gradient = in.gradient(loss);
        if (replicas > 1) {
            int size = parameterLayout.size();
            Value sums = Value.concat(0, List.of(gradient, loss.reshape(1))).allReduce(Reduction.SUM);
            gradient = sums.slice(0, 0, size);
            loss = sums.slice(0, size, size + 1).reshape();
        }
        List<Value> outputs = new ArrayList<>(rule.step(in.parameters, gradient, state, settings));
        outputs.add(loss);
        List<Value> arguments = new ArrayList<>(List.of(in.parameters));
        arguments.addAll(state);
        arguments.addAll(List.of(in.buffers, in.x, in.y, settings));
        return Graph.of(arguments, outputs);
    }

    /** [parameters, buffers, inputs] → [predictions]. */
    Graph prediction() {
        Arguments in = new Arguments();
        return Graph.of(List.of(in.parameters, in.buffers, in.x), List.of(in.prediction()));
    }

    /** [parameters, buffers, inputs, targets] → [relative L2 error of each sample]. */
    Graph errors() {
        Arguments in = new Arguments();
        Value errors = Loss.RELATIVE_L2.perSample(in.prediction(), in.y);
        return Graph.of(List.of(in.parameters, in.buffers, in.x, in.y), List.of(errors));
    }

    private List<Value> state() {
        return rule.state().stream()
                .map(vector -> Value.input(vector.name(), vector.type()))
                .toList();
    }

    /** What every function of the model starts from. */
    private final class Arguments {
        private final Value parameters = Value.input("parameters", parameterLayout.type());
        private final Value buffers = Value.input("buffers", bufferLayout.type());
        private final Value x = Value.input("inputs", inputs);
        private final Value y = Value.input("targets", targets);
        private final Map<String, Value> parts = parameterLayout.split(parameters);

        Value prediction() {
            Weights weights = Weights.of(parts).and(Weights.of(bufferLayout.split(buffers)));
            Value prediction = recipe.model().apply(weights, x);
            if (!prediction.type().equals(targets)) {
                throw new IllegalArgumentException("The model predicts " + prediction.type() + " from " + inputs
                        + ", but the targets are " + targets + "; the model does not belong to these data.");
            }
            return prediction;
        }

        Value loss() {
            return recipe.loss().total(prediction(), y);
        }

        /** With respect to the parts and not to the vector: one concatenation instead of a sum of padded parts. */
        Value gradient(Value loss) {
            return parameterLayout.join(Derivatives.gradient(loss, new ArrayList<>(parts.values())));
        }
    }
}
