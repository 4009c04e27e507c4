// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sparkjno.kernels.scalar.Primitive;

/** Reads the text that {@link Graph#print} writes; printing the result gives the same text again. */
public final class GraphParser {
    /** Reads the attributes of one operation, which may also need the type at the end of the line. */
    @FunctionalInterface
    private interface Attributes extends Function<LineReader, Function<TensorType, Op>> {}

    private static final Map<String, Attributes> OPERATIONS = operations();

    /** The lines that are left to read, blank ones skipped; a nested graph takes its own from among them. */
    private static final class Lines {
        private final List<String> lines;
        private int next;

        Lines(String text) {
            this.lines = text.lines().toList();
        }

        LineReader take(String what) {
            while (next < lines.size() && lines.get(next).isBlank()) {
                next++;
            }
            if (next == lines.size()) {
                throw new LineReader("", next + 1).failure("expected " + what + ", but the text ends here.");
            }
            return new LineReader(lines.get(next), ++next);
        }

        boolean isEmpty() {
            return lines.subList(next, lines.size()).stream().allMatch(String::isBlank);
        }
    }

    private final Lines lines;
    private final Map<Integer, Value> values = new HashMap<>();
    private final List<Value> inputs = new ArrayList<>();

    private GraphParser(Lines lines) {
        this.lines = lines;
    }

    /**
     * Reads a graph.
     *
     * @param text as printed; blank lines and blanks around words do not matter
     * @throws IllegalArgumentException naming the line, what was expected and what was found
     */
    public static Graph parse(String text) {
        Lines lines = new Lines(text);
        GraphParser parser = new GraphParser(lines);
        Graph graph = parser.graph(lines.take("'graph'"), LineReader::expectEnd);
        if (!lines.isEmpty()) {
            throw lines.take("nothing").failure("expected the end of the text after '}'.");
        }
        return graph;
    }

    /** Reads a graph whose head is next in a line; the rest of its last line is for somebody else. */
    private Graph graph(LineReader head, Consumer<LineReader> rest) {
        header(head);
        LineReader line = lines.take("a line with 'return'");
        while (!line.accept("return")) {
            statement(line);
            line = lines.take("a line with 'return'");
        }
        List<Value> outputs = outputs(line);
        LineReader last = lines.take("'}'");
        last.expect("}");
        rest.accept(last);
        return Graph.of(inputs, outputs);
    }

    private void header(LineReader line) {
        line.expect("graph");
        line.expect("(");
        while (!line.accept(")")) {
            if (!inputs.isEmpty()) {
                line.expect(",");
            }
            int number = definition(line);
            line.expect(":");
            TensorType type = line.type();
            Value input = Value.input(line.string(), type);
            inputs.add(input);
            values.put(number, input);
        }
        line.expect("{");
        line.expectEnd();
    }

    private void statement(LineReader line) {
        int number = definition(line);
        line.expect("=");
        String name = line.symbol("the name of an operation");
        List<Value> operands = new ArrayList<>();
        if (name.equals("scan")) {
            while (line.accept("%")) {
                operands.add(reference(line));
            }
            scan(line, number, operands);
            return;
        }
        Attributes attributes = OPERATIONS.get(name);
        if (attributes == null) {
            throw line.failure("expected the name of an operation, but found '" + name + "'.");
        }
        while (line.accept("%")) {
            operands.add(reference(line));
        }
        finish(line, name, number, operands, attributes.apply(line));
    }

    private void finish(
            LineReader line, String name, int number, List<Value> operands, Function<TensorType, Op> operation) {
        line.expect(":");
        TensorType type = line.type();
        line.expectEnd();
        Value value;
        try {
            value = Value.of(operation.apply(type), operands);
        } catch (ShapeException e) {
            throw line.failure(e.getMessage());
        }
        if (!value.type().equals(type)) {
            throw line.failure(name + " gives " + value.type() + ", but the line ends with " + type + ".");
        }
        values.put(number, value);
    }

    private void scan(LineReader line, int number, List<Value> operands) {
        int length = attribute(line, "length");
        int carries = attribute(line, "carries");
        int sequences = attribute(line, "sequences");
        boolean backwards = flag(line, "backwards");
        LoopOp.Checkpoints checkpoints = new LoopOp.Checkpoints(attribute(line, "every"), flag(line, "kept"));
        LineReader[] last = new LineReader[1];
        Graph body = new GraphParser(lines).graph(line, rest -> last[0] = rest);
        finish(
                last[0],
                "scan",
                number,
                operands,
                type -> new LoopOp.Scan(body, length, carries, sequences, backwards, checkpoints));
    }

    private static int attribute(LineReader line, String name) {
        line.expect(name);
        line.expect("=");
        return line.integer("a number");
    }

    private static boolean flag(LineReader line, String name) {
        line.expect(name);
        line.expect("=");
        return line.symbol("true or false").equals("true");
    }

    private List<Value> outputs(LineReader line) {
        List<Value> outputs = new ArrayList<>();
        while (line.accept("%")) {
            outputs.add(reference(line));
        }
        line.expectEnd();
        return outputs;
    }

    private int definition(LineReader line) {
        line.expect("%");
        int number = line.integer("the number of a value");
        if (values.containsKey(number)) {
            throw line.failure("expected a new value, but %" + number + " is defined above.");
        }
        return number;
    }

    private Value reference(LineReader line) {
        int number = line.integer("the number of a value");
        Value value = values.get(number);
        if (value == null) {
            throw line.failure("expected a value that is defined above, but found %" + number + ".");
        }
        return value;
    }

    private static Map<String, Attributes> operations() {
        Map<String, Attributes> operations = new HashMap<>();
        operations.put("constant", GraphParser::constant);
        operations.put("cast", line -> {
            line.expect("to");
            line.expect("=");
            Op op = new Op.Cast(line.dtype());
            return type -> op;
        });
        operations.put("broadcast", line -> {
            Op op = new Op.Broadcast(new Shape(list(line, "shape")), list(line, "axes"));
            return type -> op;
        });
        operations.put("reshape", line -> {
            Op op = new Op.Reshape(new Shape(list(line, "shape")));
            return type -> op;
        });
        operations.put("transpose", line -> {
            Op op = new Op.Transpose(list(line, "permutation"));
            return type -> op;
        });
        operations.put("slice", line -> {
            Op op = new Op.Slice(list(line, "start"), list(line, "limit"), list(line, "stride"));
            return type -> op;
        });
        operations.put("pad", line -> {
            Op op = new Op.Pad(list(line, "low"), list(line, "high"), list(line, "interior"));
            return type -> op;
        });
        operations.put("concat", line -> {
            Op op = new Op.Concat(attribute(line, "axis"));
            return type -> op;
        });
        operations.put("contract", GraphParser::contract);
        operations.put("result", line -> {
            int index = attribute(line, "index");
            return type -> new LoopOp.Result(index, type);
        });
        operations.put("custom", line -> {
            CustomRule rule = forgotten(line.string());
            int results = attribute(line, "results");
            return type -> new RuledOp.Custom(rule, results);
        });
        operations.put("host", line -> {
            throw line.failure("the host function '" + line.string()
                    + "' is written in Java, which text does not hold; build the graph where the function is known.");
        });
        operations.put("barrier", line -> type -> new RuledOp.Barrier());
        operations.put("iota", line -> {
            int axis = attribute(line, "axis");
            return type -> new IndexedOp.Iota(type, axis);
        });
        operations.put("gather", line -> type -> new IndexedOp.Gather());
        operations.put("scatter_add", line -> {
            Op op = new IndexedOp.ScatterAdd(attribute(line, "rows"));
            return type -> op;
        });
        operations.put("argsort", line -> {
            Op op = new IndexedOp.ArgSort(attribute(line, "axis"), flag(line, "descending"));
            return type -> op;
        });
        operations.put("reverse", line -> {
            Op op = new WindowedOp.Reverse(list(line, "axes"));
            return type -> op;
        });
        operations.put("window", line -> {
            Op op = new WindowedOp.Window(
                    attribute(line, "axis"),
                    attribute(line, "size"),
                    attribute(line, "stride"),
                    attribute(line, "dilation"));
            return type -> op;
        });
        operations.put("overlap_add", line -> {
            Op op = new WindowedOp.OverlapAdd(
                    attribute(line, "axis"),
                    attribute(line, "length"),
                    attribute(line, "stride"),
                    attribute(line, "dilation"));
            return type -> op;
        });
        operations.put("cumulative_sum", line -> {
            Op op = new WindowedOp.CumulativeSum(attribute(line, "axis"), flag(line, "reverse"));
            return type -> op;
        });
        operations.put("random_bits", line -> {
            Op op = new RandomBits(new Shape(list(line, "shape")));
            return type -> op;
        });
        operations.put("all_gather", line -> {
            Op op = new CollectiveOp.AllGather(attribute(line, "ranks"));
            return type -> op;
        });
        operations.put("reduce_scatter", line -> {
            Op op = new CollectiveOp.ReduceScatter(attribute(line, "ranks"));
            return type -> op;
        });
        for (Reduction reduction : Reduction.values()) {
            Op allReduce = new CollectiveOp.AllReduce(reduction);
            operations.put(allReduce.text(), line -> type -> allReduce);
            operations.put("reduce_" + reduction.text(), line -> {
                Op op = new Op.Reduce(reduction, list(line, "axes"));
                return type -> op;
            });
        }
        for (Primitive primitive : Primitive.values()) {
            Op op = new Op.Elementwise(primitive);
            operations.put(op.text(), line -> type -> op);
        }
        return Map.copyOf(operations);
    }

    /** A rule cannot be written down, so what is read computes the values but has no derivatives. */
    private static CustomRule forgotten(String name) {
        return CustomRule.ofTangents(name, (x, y, dx) -> {
            throw new UnsupportedOperationException(
                    "The graph was read from text, which does not hold the rule of custom '" + name
                            + "'; differentiate before printing.");
        });
    }

    private static List<Integer> list(LineReader line, String name) {
        line.expect(name);
        line.expect("=");
        return line.integers();
    }

    private static Function<TensorType, Op> constant(LineReader line) {
        List<Double> numbers = new ArrayList<>();
        line.expect("{");
        while (!line.accept("}")) {
            if (!numbers.isEmpty()) {
                line.expect(",");
            }
            numbers.add(line.number());
        }
        double[] elements = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        return type -> new Op.Constant(Literal.of(type, elements));
    }

    private static Function<TensorType, Op> contract(LineReader line) {
        String notation = line.string();
        return type -> Op.Contract.of(notation);
    }
}
