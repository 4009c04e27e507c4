// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

class CustomDerivativesTest {
    private static final TensorType TYPE = TensorType.f64(3);
    private static final Literal POINT = Literal.of(TYPE, 0.5, 1, 1.5);

    private final Value x = Value.input("x", TYPE);
    private final Value y = Value.input("y", TYPE);

    /** Values {@code exp x} and {@code x·y}, with the right tangents. */
    private static List<Value> ruled(Value x, Value y) {
        return CustomDerivatives.customJvp(
                "pair",
                List.of(x, y),
                v -> List.of(v.get(0).exp(), v.get(0).times(v.get(1))),
                (v, r, d) -> Arrays.asList(
                        d.get(0) == null ? null : r.get(0).times(d.get(0)),
                        Linearisation.sum(
                                d.get(0) == null ? null : v.get(1).times(d.get(0)),
                                d.get(1) == null ? null : v.get(0).times(d.get(1)))));
    }

    private static List<Value> reverseOnly(Value x) {
        return CustomDerivatives.customVjp(
                "cube",
                List.of(x),
                v -> List.of(v.get(0).square().times(v.get(0))),
                (v, r, d) -> List.of(v.get(0).square().times(3).times(d.get(0))));
    }

    private static double[] call(Value output, Value input) {
        return Reference.call(Graph.of(List.of(input), List.of(output)), POINT)
                .get(0)
                .toArray();
    }

    @Test
    void stopsGradients() {
        Value loss = x.times(CustomDerivatives.stopGradient(x)).sum();
        assertThat(call(Derivatives.gradient(loss, x).get(0), x)).containsExactly(POINT.toArray());
        Value second = TaylorMode.apply(
                DifferentialOperator.partial(0, 0),
                x.square().times(CustomDerivatives.stopGradient(x.exp())),
                List.of(Coordinate.of(x)));
        assertThat(call(second, x)).containsExactly(new double[] {2 * Math.exp(0.5), 2 * Math.E, 2 * Math.exp(1.5)});
    }

    @Test
    void rulesHoldInAllModes() {
        List<Value> outputs = ruled(x.square(), y);
        DerivativeCheck.check(
                Graph.of(List.of(x, y), List.of(outputs.get(0).times(outputs.get(1)))), List.of(POINT, POINT), 1);
        List<Value> one = ruled(x, Value.full(TYPE, 2));
        DerivativeCheck.check(Graph.of(List.of(x), one), List.of(POINT), 2);
    }

    @Test
    void rulesReplaceDerivatives() {
        Value straight = CustomDerivatives.customJvp(
                        "straight through", List.of(x), v -> List.of(v.get(0).apply(Primitive.FLOOR)), (v, r, d) -> d)
                .get(0);
        assertThat(call(Derivatives.gradient(straight.times(2).sum(), x).get(0), x))
                .containsExactly(2, 2, 2);
    }

    @Test
    void rulesHoldInTaylorMode() {
        List<Value> outputs = ruled(x.square(), x.tanh());
        Value u = outputs.get(0).times(outputs.get(1));
        Value plain = x.square().exp().times(x.square().times(x.tanh()));
        for (DifferentialOperator operator :
                List.of(DifferentialOperator.partial(0, 0, 0), DifferentialOperator.partial(0, 0))) {
            assertThat(call(TaylorMode.apply(operator, u, List.of(Coordinate.of(x))), x))
                    .containsExactly(
                            call(TaylorMode.apply(operator, plain, List.of(Coordinate.of(x))), x), within(1e-9));
        }
    }

    @Test
    void reverseRulesPullBack() {
        Value loss = reverseOnly(x.times(2)).get(0).sum();
        assertThat(call(Derivatives.gradient(loss, x).get(0), x))
                .containsExactly(new double[] {6, 24, 54}, within(1e-12));
        Value gradient = Derivatives.gradient(loss, x).get(0);
        Value second = Derivatives.jvp(List.of(gradient), List.of(x), List.of(Value.full(TYPE, 1)))
                .get(0);
        assertThat(call(second, x)).containsExactly(new double[] {24, 48, 72}, within(1e-12));
        assertThat(call(Derivatives.gradient(gradient.sum(), x).get(0), x))
                .containsExactly(new double[] {24, 48, 72}, within(1e-12));
    }

    @Test
    void forwardModeRefusesReverseRules() {
        Value cubed = reverseOnly(x).get(0);
        String message =
                "The function 'cube' has a rule for reverse mode only; differentiate by vjp or gradient, or give it"
                        + " tangents by customJvp.";
        assertThatThrownBy(() -> Derivatives.jvp(List.of(cubed), List.of(x), List.of(x)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> TaylorMode.apply(DifferentialOperator.partial(0), cubed, List.of(Coordinate.of(x))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
    }

    @Test
    void valuesBesideTheArgumentsMayNotMove() {
        Value scaled = CustomDerivatives.customJvp(
                        "scale",
                        List.of(x),
                        v -> List.of(v.get(0).times(y)),
                        (v, r, d) -> List.of(d.get(0).times(y)))
                .get(0);
        assertThat(Derivatives.gradient(scaled.sum(), x)).hasSize(1);
        assertThatThrownBy(() -> Derivatives.gradient(scaled.sum(), y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The function 'scale' uses a value beside its arguments that is differentiated to; make it an"
                                + " argument, or stop its gradient.");
    }

    @Test
    void refusesRulesThatDoNotFit() {
        Value few = CustomDerivatives.customJvp("few", List.of(x), v -> v, (v, r, d) -> List.of())
                .get(0);
        assertThatThrownBy(() -> Derivatives.gradient(few.sum(), x))
                .isInstanceOf(ShapeException.class)
                .hasMessage("The rule of custom 'few' gives 0 tangents for 1 results.");
        Value wide = CustomDerivatives.customVjp(
                        "wide",
                        List.of(x),
                        v -> v,
                        (v, r, d) -> List.of(d.get(0).sum()))
                .get(0);
        assertThatThrownBy(() -> Derivatives.gradient(wide.sum(), x))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'wide'");
    }

    @Test
    void textKeepsTheValuesButNotTheRule() {
        Graph graph = Graph.of(List.of(x, y), ruled(x, y));
        Graph read = GraphParser.parse(graph.print());
        assertThat(read.print()).isEqualTo(graph.print()).contains("custom").contains("\"pair\"");
        assertThat(Reference.call(read, POINT, POINT)).isEqualTo(Reference.call(graph, POINT, POINT));
        assertThatThrownBy(() -> Derivatives.jvp(read.outputs(), read.inputs(), read.inputs()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("The graph was read from text, which does not hold the rule of custom 'pair'; differentiate"
                        + " before printing.");
    }

    @Test
    void rulesLeaveNoTraceInCompiledCode() {
        Graph graph = Graph.of(List.of(x, y), ruled(x, y));
        try (Device cpu = CpuDevice.open()) {
            List<Literal> actual = Devices.call(cpu, graph, List.of(POINT, POINT));
            List<Literal> expected = Reference.call(graph, POINT, POINT);
            for (int i = 0; i < 2; i++) {
                assertThat(actual.get(i).toArray())
                        .containsExactly(expected.get(i).toArray(), within(1e-14));
            }
        }
    }
}
