// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkjno.kernels.graph.Graph;
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
        Map<Value, Jet> jets = propagate(algebra, outputs, coordinates);
        List<List<Value>> results = new ArrayList<>();
        for (DifferentialOperator operator : operators) {
            List<Value> applied = new ArrayList<>();
            for (Value output : outputs) {
                Value result = algebra.read(operator, output, jets.getOrDefault(output, Jet.ZERO));
                applied.add(result != null ? result : Value.full(output.type(), 0));
            }
            results.add(applied);
        }
        return results;
    }

    /** One differential operator applied to one output, see {@link #apply(List, List, List)}. */
    public static Value apply(DifferentialOperator operator, Value output, List<Coordinate> coordinates) {
        return apply(List.of(operator), List.of(output), coordinates).get(0).get(0);
    }

    private static Map<Value, Jet> propagate(JetAlgebra algebra, List<Value> outputs, List<Coordinate> coordinates) {
        Map<Value, Jet> jets = new IdentityHashMap<>();
        for (int i = 0; i < coordinates.size(); i++) {
            int element = algebra.coordinate(i);
            if (element >= 0) {
                Jet seed =
                        new Jet(new TreeMap<>(Map.of(element, coordinates.get(i).direction())));
                jets.merge(coordinates.get(i).value(), seed, Jet::plus);
            }
        }
        for (Value value : Graph.reach(outputs)) {
            if (jets.containsKey(value) || !value.dtype().isFloating()) {
                continue;
            }
            List<Jet> incoming = value.operands().stream()
                    .map(operand -> jets.getOrDefault(operand, Jet.ZERO))
                    .toList();
            if (!incoming.stream().allMatch(Jet::isZero)) {
                Jet jet = value.op().accept(new JetPropagation(algebra, value, incoming));
                if (!jet.isZero()) {
                    jets.put(value, jet);
                }
            }
        }
        return jets;
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
