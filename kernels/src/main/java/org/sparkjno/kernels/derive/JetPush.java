// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/** The jets of all values between the coordinates and the outputs. */
final class JetPush {
    private final JetAlgebra algebra;
    private final Map<Value, Jet> jets = new IdentityHashMap<>();
    private final Map<Value, List<Jet>> several = new IdentityHashMap<>();

    JetPush(JetAlgebra algebra, List<Value> outputs, List<Coordinate> coordinates) {
        this.algebra = algebra;
        for (int i = 0; i < coordinates.size(); i++) {
            int element = algebra.coordinate(i);
            if (element >= 0) {
                Jet seed =
                        new Jet(new TreeMap<>(Map.of(element, coordinates.get(i).direction())));
                jets.merge(coordinates.get(i).value(), seed, Jet::plus);
            }
        }
        for (Value value : Graph.reach(outputs, this::visited)) {
            if (!jets.containsKey(value)) {
                push(value);
            }
        }
    }

    Jet jet(Value value) {
        return jets.getOrDefault(value, Jet.ZERO);
    }

    private List<Value> visited(Value value) {
        return jets.containsKey(value) ? List.of() : Pushforward.visitedOperands(value);
    }

    private void push(Value value) {
        List<Jet> incoming =
                Pushforward.visitedOperands(value).stream().map(this::jet).toList();
        if (value.op() instanceof LoopOp.Result result) {
            List<Jet> results = several.get(value.operands().get(0));
            put(value, results == null ? Jet.ZERO : results.get(result.index()));
        } else if (incoming.stream().allMatch(Jet::isZero)) {
            return;
        } else if (value.op() instanceof RuledOp.Custom op
                && op.rule().tangents().isEmpty()) {
            several.put(value, incoming);
        } else if (LoopOp.resultCount(value) > 0) {
            List<Jet> all = value.operands().stream().map(this::jet).toList();
            several.put(value, NestedJet.of(algebra, value, all));
        } else if (value.dtype().isFloating()) {
            put(value, value.op().accept(new JetPropagation(algebra, value, incoming)));
        }
    }

    private void put(Value value, Jet jet) {
        if (!jet.isZero()) {
            jets.put(value, jet);
        }
    }
}
