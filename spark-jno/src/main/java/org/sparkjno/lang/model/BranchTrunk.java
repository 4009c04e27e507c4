// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparkjno.kernels.function.Einsum;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * The deep operator network Σ_k b_k·t_k + bias: L. Lu, P. Jin, G. Pang, Z. Zhang, G. Karniadakis, "Learning nonlinear operators
 * via DeepONet", Nature Machine Intelligence 3, 2021. Its first arguments go into the branch, the last ones, coordinates, into
 * the trunk. Each half is computed along its own axes: a trunk of points that all samples share is computed once.
 *
 * @param branch from {@code sensors} to {@code basis·outputs} numbers
 * @param trunk from {@code coordinates} to {@code basis·outputs} numbers
 * @param sensors numbers that the branch's arguments have together
 * @param coordinates numbers that the trunk's arguments have together
 * @param basis functions per output
 * @param outputs components of the result
 */
public record BranchTrunk(Layer branch, Layer trunk, int sensors, int coordinates, int basis, int outputs)
        implements Architecture {
    private static final String AXES = "abcdefgh";

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Parameter.under("branch", branch.parameters()));
        all.addAll(Parameter.under("trunk", trunk.parameters()));
        all.add(new Parameter("bias", Shape.of(outputs), new Initialiser.Constant(0)));
        return all;
    }

    @Override
    public List<Parameter> buffers() {
        List<Parameter> all = new ArrayList<>(Parameter.under("branch", branch.buffers()));
        all.addAll(Parameter.under("trunk", trunk.buffers()));
        return all;
    }

    @Override
    public Space infer(List<Space> arguments) {
        int split = split(arguments.stream().map(Space::components).toList());
        Channels.require("This branch", sensors, arguments.subList(0, split));
        Channels.require("This trunk", coordinates, arguments.subList(split, arguments.size()));
        return new Space(Space.axes(arguments), Channels.components(outputs));
    }

    /** Number of arguments of the branch. */
    private int split(List<Shape> arguments) {
        long left = coordinates;
        int split = arguments.size();
        while (split > 0 && left > 0) {
            split--;
            left -= arguments.get(split).size();
        }
        if (left != 0 || split == 0) {
            throw new ExpressionException("The last arguments of a DeepONet are the " + coordinates
                    + " coordinates of its trunk, those before them the " + sensors + " numbers of its branch, but got "
                    + arguments + ".");
        }
        return split;
    }

    @Override
    public boolean isPointwise() {
        return true;
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        int split = split(arguments.stream().map(Traced::components).toList());
        Traced functions = half(branch, weights.under("branch"), arguments.subList(0, split));
        Traced points = half(trunk, weights.under("trunk"), arguments.subList(split, arguments.size()));
        List<Axis> axes = Stream.concat(functions.axes().stream(), points.axes().stream())
                .distinct()
                .sorted()
                .toList();
        String notation = letters(functions.axes(), axes) + "ko," + letters(points.axes(), axes) + "ko->"
                + letters(axes, axes) + "o";
        Value product = Einsum.of(notation, functions.value(), points.value());
        Value bias = weights.get("bias").broadcastTo(product.shape());
        return Channels.result(product.plus(bias), axes);
    }

    /** The values of one half, {@code [axis…, basis, outputs]}. */
    private Traced half(Layer network, Weights weights, List<Traced> arguments) {
        Traced joined = Channels.join(arguments);
        List<Integer> dims = new ArrayList<>(
                joined.value().shape().dims().subList(0, joined.axes().size()));
        dims.add(basis);
        dims.add(outputs);
        Value x = joined.axes().isEmpty() ? joined.value().expandDims(0) : joined.value();
        return joined.with(network.apply(weights, x).reshape(new Shape(dims)));
    }

    private static String letters(List<Axis> some, List<Axis> all) {
        StringBuilder letters = new StringBuilder();
        some.forEach(axis -> letters.append(AXES.charAt(all.indexOf(axis))));
        return letters.toString();
    }
}
