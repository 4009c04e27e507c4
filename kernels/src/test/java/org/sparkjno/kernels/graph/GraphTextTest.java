// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GraphTextTest {
    private static final String TEXT = """
            graph(%0: f32[4,3] "x", %1: f32[3] "b \\"quoted\\"") {
              %2 = broadcast %1 shape=[4,3] axes=[1] : f32[4,3]
              %3 = add %0 %2 : f32[4,3]
              %4 = contract %3 %0 "ik,jk->ij" : f32[4,4]
              %5 = slice %4 start=[0,1] limit=[4,4] stride=[2,1] : f32[2,3]
              %6 = constant {0.1, -0.0, 1.4E-45} : f32[3]
              return %4 %5 %6
            }
            """;

    private static final String FAMILIES = """
            graph(%0: f32[4,3] "x", %1: i32[2] "at", %2: i32[4] "state") {
              %3 = iota axis=1 : f64[2,5]
              %4 = gather %0 %1 : f32[2,3]
              %5 = scatter_add %4 %1 rows=7 : f32[7,3]
              %6 = argsort %0 axis=1 descending=true : i32[4,3]
              %7 = reverse %0 axes=[0,1] : f32[4,3]
              %8 = window %0 axis=0 size=2 stride=1 dilation=2 : f32[2,2,3]
              %9 = overlap_add %8 axis=0 length=5 stride=2 dilation=1 : f32[5,3]
              %10 = cumulative_sum %0 axis=0 reverse=true : f32[4,3]
              %11 = random_bits %2 shape=[2,2] : i32[2,2]
              %12 = cast %0 to=bf16 : bf16[4,3]
              %13 = constant {0.100097656, -2.0} : bf16[2]
              %14 = all_reduce_max %0 : f32[4,3]
              %15 = all_gather %14 ranks=2 : f32[8,3]
              %16 = reduce_scatter %15 ranks=4 : f32[2,3]
              return %3 %5 %6 %7 %9 %10 %11 %12 %13 %16
            }
            """;

    @Test
    void printsOneValueALine() {
        Value x = Value.input("x", TensorType.f32(4, 3));
        Value b = Value.input("b \"quoted\"", TensorType.f32(3));
        Value y = x.plus(b.broadcast(Shape.of(4, 3), List.of(1))).contract("ik,jk->ij", x);
        Value z = Value.of(new Op.Slice(List.of(0, 1), List.of(4, 4), List.of(2, 1)), y);
        Value c = Value.constant(Literal.of(TensorType.f32(3), 0.1, -0.0, Float.MIN_VALUE));
        assertThat(Graph.of(List.of(x, b), List.of(y, z, c)).print()).isEqualTo(TEXT);
    }

    @Test
    void readsWhatItPrints() {
        String text = GraphParser.parse(TEXT).print();
        assertThat(GraphParser.parse(text).print()).isEqualTo(text);
        assertThat(GraphParser.parse(FAMILIES).print()).isEqualTo(FAMILIES);
    }

    @Property(tries = 300)
    void readsEveryGraphItPrints(@ForAll long seed) {
        DType dtype = seed % 2 == 0 ? DType.F64 : DType.F32;
        String text = RandomGraphs.any(seed, 20, dtype).graph().print();
        Graph read = GraphParser.parse(text);
        assertThat(read.print()).isEqualTo(text);
        GraphVerifier.verify("parsing", read);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void constantsKeepTheirBits(DType dtype) {
        double[] numbers = {0.1, -1.0 / 3, -0.0, Double.MIN_VALUE, 2e-3, 123456789, Double.NaN, 1 / 0.0, -1 / 0.0};
        double[] held = Arrays.stream(numbers).filter(dtype::holds).toArray();
        Literal literal = Literal.of(new TensorType(dtype, Shape.of(held.length)), held);
        String text = Graph.of(List.of(), List.of(Value.constant(literal))).print();
        Op op = GraphParser.parse(text).outputs().get(0).op();
        assertThat(op).isEqualTo(new Op.Constant(literal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%2 = add %0 %9 : f32[3]|Line 2 of the graph: expected a value that is defined above, but found %9.",
                "%2 = add %0 %1 : f32[4]|Line 2 of the graph: add gives f32[3], but the line ends with f32[4].",
                "%2 = plus %0 %1 : f32[3]|Line 2 of the graph: expected the name of an operation, but found 'plus'.",
                "%2 = add %0 : f32[3]|Line 2 of the graph: add takes 2 operands, but got 1.",
                "%0 = neg %0 : f32[3]|Line 2 of the graph: expected a new value, but %0 is defined above.",
                "%2 = reshape %0 shape=3 : f32[3]|Line 2 of the graph: expected '[', but found '3 : f32[3]'.",
                "%2 = neg %0|Line 2 of the graph: expected ':', but found the end of the line.",
                "%2 = neg %0 : f16[3]|Line 2 of the graph: expected an element type (f32, f64, bf16, i32, i64, bool),"
                        + " but found 'f16'.",
                "%2 = constant {1, x} : f32[2]|Line 2 of the graph: expected a number, but found 'x} : f32[2]'.",
            })
    void namesTheLineAndWhatItExpects(String line, String message) {
        String text = "graph(%0: f32[3] \"x\", %1: f32[3] \"y\") {\n" + line + "\nreturn %0\n}\n";
        assertThatThrownBy(() -> GraphParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void needsAnEnd() {
        assertThatThrownBy(() -> GraphParser.parse("graph() {\n"))
                .hasMessage("Line 2 of the graph: expected a line with 'return', but the text ends here.");
        assertThatThrownBy(() -> GraphParser.parse("graph() {\n return\n"))
                .hasMessage("Line 3 of the graph: expected '}', but the text ends here.");
    }
}
