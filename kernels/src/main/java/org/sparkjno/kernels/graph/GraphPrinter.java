// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a graph as text, one value a line: number, operation, operands, attributes, type. Numbers are written so that
 * they parse back to the same bits.
 *
 * <pre>
 * graph(%0: f32[4,3] "x", %1: f32[3] "b") {
 *   %2 = broadcast %1 shape=[4,3] axes=[1] : f32[4,3]
 *   %3 = add %0 %2 : f32[4,3]
 *   %4 = contract %3 %0 "ik,jk->ij" : f32[4,4]
 *   return %4
 * }
 * </pre>
 */
final class GraphPrinter
        implements Op.Visitor<String>,
                IndexedOp.Visitor<String>,
                WindowedOp.Visitor<String>,
                CollectiveOp.Visitor<String> {
    private final Graph graph;
    private final Function<Literal, String> constants;

    /**
     * A printer.
     *
     * @param constants how their numbers are written
     */
    GraphPrinter(Graph graph, Function<Literal, String> constants) {
        this.graph = graph;
        this.constants = constants;
    }

    String print() {
        Map<Value, Integer> numbers = graph.numbering();
        StringJoiner inputs = new StringJoiner(", ", "graph(", ") {\n");
        for (Value input : graph.inputs()) {
            inputs.add(
                    "%" + numbers.get(input) + ": " + input.type() + input.op().accept(this));
        }
        StringBuilder text = new StringBuilder(inputs.toString());
        for (Value value :
                graph.order().subList(graph.inputs().size(), graph.order().size())) {
            text.append("  %")
                    .append(numbers.get(value))
                    .append(" = ")
                    .append(value.op().text());
            value.operands().forEach(operand -> text.append(" %").append(numbers.get(operand)));
            text.append(value.op().accept(this))
                    .append(" : ")
                    .append(value.type())
                    .append('\n');
        }
        text.append("  return");
        graph.outputs().forEach(output -> text.append(" %").append(numbers.get(output)));
        return text.append("\n}\n").toString();
    }

    @Override
    public String visit(Op.Input op) {
        return quoted(op.name());
    }

    private static String quoted(String text) {
        return " \"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    @Override
    public String visit(Op.Constant op) {
        return " {" + constants.apply(op.literal()) + "}";
    }

    /** All numbers, such that they parse back to the same bits. */
    static String numbers(Literal literal) {
        DType dtype = literal.type().dtype();
        return IntStream.range(0, literal.size())
                .mapToObj(i -> number(dtype, literal.get(i)))
                .collect(Collectors.joining(", "));
    }

    private static String number(DType dtype, double value) {
        return switch (dtype) {
            case F32, BF16 -> Float.toString((float) value);
            case F64 -> Double.toString(value);
            case I32, I64 -> Long.toString((long) value);
            case BOOL -> Boolean.toString(value != 0);
        };
    }

    @Override
    public String visit(Op.Elementwise op) {
        return "";
    }

    @Override
    public String visit(Op.Cast op) {
        return " to=" + op.to().text();
    }

    @Override
    public String visit(Op.Broadcast op) {
        return list("shape", op.shape().dims()) + list("axes", op.axes());
    }

    @Override
    public String visit(Op.Reshape op) {
        return list("shape", op.shape().dims());
    }

    @Override
    public String visit(Op.Transpose op) {
        return list("permutation", op.permutation());
    }

    @Override
    public String visit(Op.Slice op) {
        return list("start", op.start()) + list("limit", op.limit()) + list("stride", op.stride());
    }

    @Override
    public String visit(Op.Pad op) {
        return list("low", op.low()) + list("high", op.high()) + list("interior", op.interior());
    }

    @Override
    public String visit(Op.Concat op) {
        return " axis=" + op.axis();
    }

    @Override
    public String visit(Op.Reduce op) {
        return list("axes", op.axes());
    }

    @Override
    public String visit(Op.Contract op) {
        return " \"" + op.notation() + '"';
    }

    /** The body follows in lines of its own. */
    @Override
    public String visit(LoopOp.Scan op) {
        return " length=" + op.length() + " carries=" + op.carries() + " sequences=" + op.sequences() + " backwards="
                + op.backwards() + " every=" + op.checkpoints().every() + " kept="
                + op.checkpoints().areResults() + " "
                + op.body().print(constants).stripTrailing().replace("\n", "\n  ");
    }

    @Override
    public String visit(LoopOp.Result op) {
        return " index=" + op.index();
    }

    @Override
    public String visit(RuledOp.Custom op) {
        return quoted(op.rule().name()) + " results=" + op.results();
    }

    @Override
    public String visit(RuledOp.Barrier op) {
        return "";
    }

    @Override
    public String visit(HostOp op) {
        return quoted(op.function().name()) + " results=" + op.results().size();
    }

    @Override
    public String visit(IndexedOp op) {
        return op.dispatch(this);
    }

    @Override
    public String visit(IndexedOp.Iota op) {
        return " axis=" + op.axis();
    }

    @Override
    public String visit(IndexedOp.Gather op) {
        return "";
    }

    @Override
    public String visit(IndexedOp.ScatterAdd op) {
        return " rows=" + op.rows();
    }

    @Override
    public String visit(IndexedOp.ArgSort op) {
        return " axis=" + op.axis() + " descending=" + op.descending();
    }

    @Override
    public String visit(WindowedOp op) {
        return op.dispatch(this);
    }

    @Override
    public String visit(WindowedOp.Reverse op) {
        return list("axes", op.axes());
    }

    @Override
    public String visit(WindowedOp.Window op) {
        return " axis=" + op.axis() + " size=" + op.size() + " stride=" + op.stride() + " dilation=" + op.dilation();
    }

    @Override
    public String visit(WindowedOp.OverlapAdd op) {
        return " axis=" + op.axis() + " length=" + op.length() + " stride=" + op.stride() + " dilation="
                + op.dilation();
    }

    @Override
    public String visit(WindowedOp.CumulativeSum op) {
        return " axis=" + op.axis() + " reverse=" + op.reverse();
    }

    @Override
    public String visit(RandomBits op) {
        return list("shape", op.shape().dims());
    }

    @Override
    public String visit(CollectiveOp op) {
        return op.dispatch(this);
    }

    @Override
    public String visit(CollectiveOp.AllReduce op) {
        return "";
    }

    @Override
    public String visit(CollectiveOp.AllGather op) {
        return " ranks=" + op.ranks();
    }

    @Override
    public String visit(CollectiveOp.ReduceScatter op) {
        return " ranks=" + op.ranks();
    }

    private static String list(String name, List<Integer> numbers) {
        return " " + name + "=" + new Shape(numbers);
    }
}
