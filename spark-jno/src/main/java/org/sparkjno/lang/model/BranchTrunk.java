// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.DeepONet;
import org.sparkjno.nn.Weights;

/**
 * A deep operator network. Its first arguments go into the branches, in their order, the last ones, coordinates, into the trunk.
 * Each part is computed along its own axes: a trunk of points that all samples share is computed once.
 *
 * @param network the branches and the trunk
 * @param sensors numbers that each branch takes
 * @param coordinates numbers that the trunk takes
 */
public record BranchTrunk(DeepONet network, List<Integer> sensors, int coordinates) implements NetworkArchitecture {
    public BranchTrunk {
        sensors = List.copyOf(sensors);
        if (sensors.size() != network.branches().size()) {
            throw new IllegalArgumentException(
                    "A DeepONet with " + network.branches().size()
                            + " branches needs as many numbers of sensors, but got " + sensors + ".");
        }
    }

    @Override
    public Space infer(List<Space> arguments) {
        parts(arguments, arguments.stream().map(Space::components).toList());
        return new Space(Space.axes(arguments), Channels.components(network.outputs()));
    }

    @Override
    public boolean isPointwise() {
        return true;
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        List<List<Traced>> parts =
                parts(arguments, arguments.stream().map(Traced::components).toList());
        Traced points = Channels.join(parts.remove(parts.size() - 1));
        List<Traced> inputs = Traced.aligned(parts.stream().map(Channels::join).toList());
        List<Axis> functions = inputs.get(0).axes();
        // Without an axis of its own, one function is a list of one.
        List<Value> rows = inputs.stream()
                .map(input -> functions.isEmpty() ? input.value().expandDims(0) : input.value())
                .toList();
        Value branch = network.branch(weights, rows);
        Value trunk = network.trunk(weights, points.value());
        if (functions.isEmpty()) {
            return Channels.result(network.combine(weights, branch, trunk).squeeze(0), points.axes());
        }
        if (functions.equals(points.axes())) {
            return Channels.result(network.combinePairs(weights, branch, trunk), points.axes());
        }
        List<Axis> axes = new ArrayList<>(functions);
        points.axes().stream().filter(axis -> !functions.contains(axis)).forEach(axes::add);
        Value result = axes.equals(points.axes())
                ? network.combineAligned(weights, branch, trunk)
                : network.combine(weights, branch, trunk);
        return Channels.result(result, axes);
    }

    /** The arguments of each branch, and then those of the trunk. */
    private <T> List<List<T>> parts(List<T> arguments, List<Shape> components) {
        List<Integer> wanted = new ArrayList<>(sensors);
        wanted.add(coordinates);
        List<List<T>> parts = new ArrayList<>();
        int from = 0;
        for (int numbers : wanted) {
            int to = from;
            long left = numbers;
            while (to < arguments.size() && left > 0) {
                left -= components.get(to).size();
                to++;
            }
            if (left != 0) {
                throw mismatch(components);
            }
            parts.add(arguments.subList(from, to));
            from = to;
        }
        if (from < arguments.size()) {
            throw mismatch(components);
        }
        return parts;
    }

    private ExpressionException mismatch(List<Shape> components) {
        return new ExpressionException("This DeepONet takes " + sensors + " numbers for its branches and then the "
                + coordinates + " coordinates of its trunk, but got arguments of the shapes " + components + ".");
    }
}
