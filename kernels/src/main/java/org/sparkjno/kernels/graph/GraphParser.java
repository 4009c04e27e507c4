// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparkjno.kernels.scalar.Primitive;

/** Reads the text that {@link Graph#print} writes; printing the result gives the same text again. */
public final class GraphParser {
    /** Reads the attributes of one operation, which may also need the type at the end of the line. */
    @FunctionalInterface
    private interface Attributes extends Function<LineReader, Function<TensorType, Op>> {}

    private static final Map<String, Attributes> OPERATIONS = operations();

    private final List<String> lines;
    private final Map<Integer, Value> values = new HashMap<>();
    private final List<Value> inputs = new ArrayList<>();

    private GraphParser(String text) {
        this.lines = text.lines().toList();
    }

    /**
     * Reads a graph.
     *
     * @param text as printed; blank lines and blanks around words do not matter
     * @throws IllegalArgumentException naming the line, what was expected and what was found
     */
    public static Graph parse(String text) {
        return new GraphParser(text).parse();
    }

    private Graph parse() {
        boolean opened = false;
        List<Value> outputs = null;
        boolean closed = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            LineReader line = new LineReader(lines.get(i), i + 1);
            if (!opened) {
                header(line);
                opened = true;
            } else if (outputs != null) {
                line.expect("}");
                line.expectEnd();
                closed = true;
                opened = false;
            } else if (line.accept("return")) {
                outputs = outputs(line);
            } else {
                statement(line);
            }
        }
        if (!closed) {
            throw new LineReader("", lines.size() + 1)
                    .failure("expected " + (outputs == null ? "a line with 'return'" : "'}'")
                            + ", but the text ends here.");
        }
        return Graph.of(inputs, outputs);
    }

    private void header(LineReader line) {
        if (!values.isEmpty()) {
            throw line.failure("expected the end of the text after '}'.");
        }
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
        Attributes attributes = OPERATIONS.get(name);
        if (attributes == null) {
            throw line.failure("expected the name of an operation, but found '" + name + "'.");
        }
        List<Value> operands = new ArrayList<>();
        while (line.accept("%")) {
            operands.add(reference(line));
        }
        Function<TensorType, Op> operation = attributes.apply(line);
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
            line.expect("axis");
            line.expect("=");
            Op op = new Op.Concat(line.integer("an axis"));
            return type -> op;
        });
        operations.put("contract", GraphParser::contract);
        for (Reduction reduction : Reduction.values()) {
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
