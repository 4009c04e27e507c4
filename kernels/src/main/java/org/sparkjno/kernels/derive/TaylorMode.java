// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * Derivatives in coordinates, of any order, by one propagation of truncated Taylor polynomials: A. Griewank, J. Utke,
 * A. Walther, "Evaluating Higher Derivative Tensors by Forward Propagation of Univariate Taylor Series", 2000; here in
 * the algebra that suits the operators asked for, see {@link JetAlgebra}.
 *
 * <p>The same derivatives follow from {@link Derivatives#jvp} applied repeatedly, up to rounding, at the price of
 * computing lower ones again and again.
 */
public final class TaylorMode {
    private TaylorMode() {}

    /**
     * Differential operators applied to outputs.
     *
     * @param operators whose coordinates are positions in {@code coordinates}
     * @param outputs computed from the values of the coordinates
     * @param coordinates in which the operators differentiate
     * @return for each operator its value of each output, of the output's type; zero where an output does not move
     * @throws IllegalArgumentException when an operator names a coordinate beyond the list
     */
    public static List<List<Value>> apply(
            List<DifferentialOperator> operators, List<Value> outputs, List<Coordinate> coordinates) {
        operators.forEach(operator -> checkCoordinates(operator, coordinates.size()));
        JetAlgebra algebra = JetAlgebra.of(operators);
        JetPush jets = new JetPush(algebra, outputs, coordinates);
        List<List<Value>> results = new ArrayList<>();
        for (DifferentialOperator operator : operators) {
            List<Value> applied = new ArrayList<>();
            for (Value output : outputs) {
                Value result = algebra.read(operator, output, jets.jet(output));
                applied.add(result != null ? result : Value.full(output.type(), 0));
            }
            results.add(ReverseOnly.refuse(applied));
        }
        return results;
    }

    /** One differential operator applied to one output, see {@link #apply(List, List, List)}. */
    public static Value apply(DifferentialOperator operator, Value output, List<Coordinate> coordinates) {
        return apply(List.of(operator), List.of(output), coordinates).get(0).get(0);
    }

    private static void checkCoordinates(DifferentialOperator operator, int count) {
        for (Monomial monomial : operator.terms().keySet()) {
            for (int coordinate : monomial.factors()) {
                if (coordinate >= count) {
                    throw new IllegalArgumentException("The operator " + operator + " differentiates in coordinate "
                            + coordinate + ", but there are " + count + " coordinates, numbered from 0.");
                }
            }
        }
    }
}
