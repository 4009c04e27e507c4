// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Value;

/**
 * The jets of an operation of which only the linearisation is known, by nesting it: the Taylor series
 * {@code Σ Dᵏf(x)[n, …, n]/k!}, in which every directional derivative is taken of the one before.
 */
final class NestedJet {
    private final JetAlgebra algebra;
    private final List<Value> x;
    /** For each element of the algebra the direction of each operand, null where it has none. */
    private final SortedMap<Integer, List<Value>> directions = new TreeMap<>();

    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> arguments = new ArrayList<>();
    private final List<SortedMap<Integer, Value>> sums = new ArrayList<>();

    private NestedJet(JetAlgebra algebra, Value several, List<Jet> jets) {
        this.algebra = algebra;
        this.x = several.operands().stream().map(this::enter).toList();
        for (int i = 0; i < jets.size(); i++) {
            int operand = i;
            jets.get(i)
                    .coefficients()
                    .forEach((element, value) -> directions
                            .computeIfAbsent(element, key -> Arrays.asList(new Value[jets.size()]))
                            .set(operand, enter(value)));
        }
    }

    /** The jets of all results of a value, from those of its operands. */
    static List<Jet> of(JetAlgebra algebra, Value several, List<Jet> jets) {
        NestedJet nested = new NestedJet(algebra, several, jets);
        List<Value> results = LoopOp.results(Value.of(several.op(), nested.x));
        results.forEach(result -> nested.sums.add(new TreeMap<>()));
        nested.expand(results, Map.of(), 0, 0, 1);
        return nested.jets();
    }

    private Value enter(Value value) {
        Value input = Value.input("x", value.type());
        inputs.add(input);
        arguments.add(value);
        return input;
    }

    /**
     * Adds all derivatives of {@code values} along elements from {@code last} on.
     *
     * @param values one per result, null for zero
     * @param product of the elements along which they are derivatives; empty for none
     * @param run how often the last of them is {@code last}
     * @param factor one over the factorials of such numbers
     */
    private void expand(List<Value> values, Map<Integer, Double> product, int last, int run, double factor) {
        directions.tailMap(last).forEach((element, direction) -> {
            Map<Integer, Double> raised = product.isEmpty() ? Map.of(element, 1.0) : algebra.times(product, element);
            if (raised.isEmpty()) {
                return;
            }
            List<Value> derivatives = derivatives(values, direction);
            int times = element == last ? run + 1 : 1;
            double weight = factor / times;
            for (int i = 0; i < derivatives.size(); i++) {
                Value derivative = derivatives.get(i);
                if (derivative != null) {
                    SortedMap<Integer, Value> sum = sums.get(i);
                    raised.forEach((result, c) ->
                            sum.merge(result, JetAlgebra.scaled(derivative, c * weight), Linearisation::sum));
                }
            }
            expand(derivatives, raised, element, times, weight);
        });
    }

    private List<Value> derivatives(List<Value> values, List<Value> direction) {
        List<Integer> moving = IntStream.range(0, x.size())
                .filter(i -> direction.get(i) != null)
                .boxed()
                .toList();
        Pushforward pushforward = new Pushforward(
                values.stream().filter(Objects::nonNull).toList(), Lists.at(x, moving), Lists.at(direction, moving));
        List<Value> derivatives = new ArrayList<>();
        values.forEach(value -> derivatives.add(value == null ? null : pushforward.tangent(value)));
        return derivatives;
    }

    /** The sums, of the operands themselves. */
    private List<Jet> jets() {
        List<Value> formulas =
                sums.stream().flatMap(sum -> sum.values().stream()).toList();
        List<Value> values = Graph.of(inputs, formulas).call(arguments);
        List<Jet> jets = new ArrayList<>();
        int next = 0;
        for (SortedMap<Integer, Value> sum : sums) {
            SortedMap<Integer, Value> coefficients = new TreeMap<>();
            for (int element : sum.keySet()) {
                coefficients.put(element, values.get(next++));
            }
            jets.add(new Jet(coefficients));
        }
        return jets;
    }
}
