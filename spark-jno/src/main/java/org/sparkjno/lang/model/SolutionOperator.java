// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.amg.operator.OperatorMatrix;
import org.sparkjno.amg.solve.Solver;
import org.sparkjno.amg.solve.SparseSolve;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * The solution u of a linear equation A(c)·u = f on a regular grid, by a sparse solve: its arguments are the coefficients c, then f.
 * The matrix is found from the equation; gradients pass through the solve to coefficients and right-hand side, see {@link
 * SparseSolve}. Nothing in it is trained.
 *
 * @param equation the left-hand side
 * @param coefficients number of fields that it takes beside u
 */
public record SolutionOperator(FieldEquation equation, int coefficients) implements Architecture {
    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Space infer(List<Space> arguments) {
        Channels.require("This equation", coefficients + 1, arguments);
        List<Axis> axes = Space.axes(arguments);
        if (axes.isEmpty() || axes.get(axes.size() - 1).kind() == Axis.Kind.SAMPLES || axes.size() > 2) {
            throw new ExpressionException(
                    "An equation on a grid needs fields on it, but its arguments have values along " + axes
                            + "; write them with the coordinates of a structured domain.");
        }
        return new Space(axes, Shape.SCALAR);
    }

    @Override
    public boolean isPointwise() {
        return false;
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        List<Axis> axes = arguments.stream()
                .flatMap(argument -> argument.axes().stream())
                .distinct()
                .sorted()
                .toList();
        Axis points = axes.get(axes.size() - 1);
        RegularGrid grid = setting.grid(points)
                .orElseThrow(() -> new ExpressionException("An equation on a grid needs one, but the points of "
                        + points + " do not lie on a regular grid; use a structured domain."));
        List<Value> fields = new ArrayList<>();
        Traced.aligned(arguments).forEach(argument -> fields.add(whole(argument, axes, grid)));
        if (axes.size() == 1) {
            return new Traced(solve(fields, grid), axes);
        }
        int samples = fields.get(0).shape().dim(0);
        List<Value> solutions = IntStream.range(0, samples)
                .mapToObj(sample -> solve(
                        fields.stream()
                                .map(field -> field.slice(0, sample, sample + 1).squeeze(0))
                                .toList(),
                        grid))
                .toList();
        return new Traced(Value.stack(0, solutions), axes);
    }

    /** An argument at all points, also where it is the same at all of them. */
    private static Value whole(Traced argument, List<Axis> axes, RegularGrid grid) {
        List<Integer> extents = new ArrayList<>();
        for (Axis axis : axes) {
            extents.add(argument.axes().contains(axis) ? argument.extent(axis) : grid.points());
        }
        return argument.along(axes, extents).value();
    }

    /** The solution for fields {@code [points]}, the right-hand side last. */
    private Value solve(List<Value> fields, RegularGrid grid) {
        Shape lattice = Shape.of(grid.shape());
        List<Value> given = fields.subList(0, coefficients).stream()
                .map(field -> field.reshape(lattice))
                .toList();
        Value right = fields.get(coefficients);
        TensorType line = right.type();
        OperatorMatrix matrix = OperatorMatrix.of(
                u -> equation.apply(u.reshape(lattice), given, grid).reshape(line.shape()), line);
        return SparseSolve.by(Solver.auto()).solve(matrix.pattern(), matrix.values(), right);
    }
}
