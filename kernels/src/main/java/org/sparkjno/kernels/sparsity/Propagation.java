// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/**
 * The dependence of values on the elements of one, from operands to users. Each element has a sorted set of columns, which
 * elements share wherever the same set is handed on; loops are followed iteration by iteration until nothing changes.
 */
final class Propagation {
    private final ColumnSets sets;
    private final KnownNumbers known;
    private final Map<Value, int[][]> columns = new IdentityHashMap<>();
    private final Map<Value, List<int[][]>> several = new IdentityHashMap<>();

    /** Dependence on each element of one value. */
    Propagation(Value argument) {
        this(new ColumnSets(Math.toIntExact(argument.shape().size())), Map.of());
        columns.put(argument, sets.units());
    }

    private Propagation(ColumnSets sets, Map<Value, double[]> numbers) {
        this.sets = sets;
        this.known = new KnownNumbers(numbers);
    }

    /** The columns that each element of a value depends on. */
    int[][] columnsOf(Value value) {
        propagate(List.of(value));
        int[][] found = columns.get(value);
        return found != null ? found : independent(value);
    }

    private static int[][] independent(Value value) {
        int[][] none = new int[Math.toIntExact(value.shape().size())][];
        Arrays.fill(none, ColumnSets.NONE);
        return none;
    }

    /** Visits all values that some need; what has no user left is forgotten. */
    private void propagate(List<Value> outputs) {
        List<Value> order = Graph.reach(outputs);
        Map<Value, Integer> uses = new IdentityHashMap<>();
        outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
        order.forEach(value -> value.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
        for (Value value : order) {
            known.visit(value);
            if (!columns.containsKey(value)) {
                visit(value);
            }
            for (Value operand : value.operands()) {
                if (uses.merge(operand, -1, Integer::sum) == 0) {
                    columns.remove(operand);
                    several.remove(operand);
                }
            }
        }
    }

    private void visit(Value value) {
        List<int[][]> operands =
                Arrays.asList(value.operands().stream().map(columns::get).toArray(int[][][]::new));
        if (value.op() instanceof LoopOp.Result result) {
            List<int[][]> results = several.get(value.operands().get(0));
            if (results != null && value.dtype().isFloating() && results.get(result.index()) != null) {
                columns.put(value, results.get(result.index()));
            }
        } else if (operands.stream().allMatch(Objects::isNull)) {
            return;
        } else if (value.op() instanceof LoopOp.Scan scan) {
            several.put(value, iterate(scan, value, operands));
        } else if (value.op() instanceof RuledOp.Custom custom) {
            several.put(value, custom.rule().isReverseOnly() ? anything(value, operands) : operands);
        } else if (value.op() instanceof HostOp) {
            several.put(value, anything(value, operands));
        } else if (value.dtype().isFloating()) {
            int[][] found = new Dependence(value, operands, known, sets).columns();
            if (found != null) {
                columns.put(value, found);
            }
        }
    }

    /** Of a function whose formulas are not there: every element on all that any operand depends on. */
    private List<int[][]> anything(Value value, List<int[][]> operands) {
        sets.begin();
        operands.stream().filter(Objects::nonNull).flatMap(Arrays::stream).forEach(sets::add);
        int[] union = sets.end();
        List<int[][]> results = new ArrayList<>();
        for (int i = 0; i < LoopOp.resultCount(value); i++) {
            int[][] result =
                    new int[Math.toIntExact(LoopOp.resultType(value, i).shape().size())][];
            Arrays.fill(result, union);
            results.add(result);
        }
        return results;
    }

    private List<int[][]> iterate(LoopOp.Scan scan, Value loop, List<int[][]> operands) {
        List<double[]> numbers = new ArrayList<>();
        loop.operands().forEach(operand -> numbers.add(known.of(operand)));
        LoopDependence results = new LoopDependence(scan, operands, numbers);
        for (int step = 0; step < scan.length() && !results.isSettled(); step++) {
            List<Value> inputs = scan.body().inputs();
            Map<Value, double[]> given = new IdentityHashMap<>();
            Map<Value, int[][]> moving = new IdentityHashMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                double[] fixed = results.numbers(i, step);
                int[][] varying = results.columns(i, step);
                if (fixed != null) {
                    given.put(inputs.get(i), fixed);
                }
                if (varying != null) {
                    moving.put(inputs.get(i), varying);
                }
            }
            Propagation body = new Propagation(sets, given);
            body.columns.putAll(moving);
            body.propagate(scan.body().outputs());
            results.advance(
                    step,
                    scan.body().outputs().stream().map(body.columns::get).toArray(int[][][]::new),
                    scan.body().outputs().stream()
                            .limit(scan.carries())
                            .map(body.known::of)
                            .toArray(double[][]::new));
        }
        return results.columns();
    }
}
