// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;

/** Derivatives of what has values on a regular grid: one product with a small matrix along each coordinate. */
final class GridDerivatives {
    private static final String LETTERS = "abcdefgh";

    private GridDerivatives() {}

    static Traced of(Scheme scheme, Term.Differentiate derivative, Traced target, Frame frame) {
        Axis axis = derivative.coordinates().get(0).space().axes().get(0);
        RegularGrid grid = frame.grid(axis)
                .orElseThrow(
                        () -> new ExpressionException("Derivatives by " + scheme + " need values on a regular grid,"
                                + " but the points of " + axis + " do not lie on one; use a structured domain."));
        int place = target.axes().indexOf(axis);
        List<Integer> dims = new ArrayList<>(target.value().shape().dims());
        dims.remove(place);
        dims.addAll(place, Arrays.stream(grid.shape()).boxed().toList());
        Value field = target.value().reshape(new Shape(dims));
        Value sum = null;
        for (Map.Entry<List<Integer>, Double> partial :
                derivative.operator().partials().entrySet()) {
            Value term = field;
            for (Map.Entry<Integer, Integer> order :
                    orders(partial.getKey(), derivative.coordinates(), frame).entrySet()) {
                term = along(term, place + order.getKey(), matrix(scheme, grid, order.getKey(), order.getValue()));
            }
            term = term.times(partial.getValue());
            sum = sum == null ? term : sum.plus(term);
        }
        return target.with(sum.reshape(target.value().shape()));
    }

    /** How often to differentiate along each axis of the grid. */
    private static TreeMap<Integer, Integer> orders(List<Integer> factors, List<Source> coordinates, Frame frame) {
        TreeMap<Integer, Integer> orders = new TreeMap<>();
        for (int factor : factors) {
            orders.merge(frame.place(coordinates.get(factor)), 1, Integer::sum);
        }
        return orders;
    }

    private static double[][] matrix(Scheme scheme, RegularGrid grid, int axis, int order) {
        RegularGrid.Axis line = grid.axes().get(axis);
        return DifferentiationMatrix.of(scheme, line.points(), line.spacing(), !line.periodic(), order);
    }

    private static Value along(Value field, int axis, double[][] matrix) {
        int n = matrix.length;
        double[] flat = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, flat, i * n, n);
        }
        TensorType type = new TensorType(field.dtype(), Shape.of(n, n));
        String all = LETTERS.substring(0, field.shape().rank());
        char old = all.charAt(axis);
        return Value.constant(Literal.of(type, flat))
                .contract("z" + old + "," + all + "->" + all.replace(old, 'z'), field);
    }
}
