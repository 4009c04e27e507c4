// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.sparsity.Compression;
import org.sparkjno.kernels.sparsity.SparsityPattern;

class JacobianTest {
    private final Value x = Value.input("x", TensorType.f64(2, 3));
    private final Value w = Value.input("w", TensorType.f64(3, 4));
    private final Value output = x.contract("ik,kj->ij", w).tanh();

    private static Literal numbers(TensorType type) {
        return Literal.of(
                type, new Random(3).doubles(type.shape().size(), -0.5, 0.5).toArray());
    }

    private static double[] call(Value value, Value... inputs) {
        return Reference.call(Graph.of(List.of(inputs), List.of(value)), point(inputs))
                .get(0)
                .toArray();
    }

    private static List<Literal> point(Value... inputs) {
        return Arrays.stream(inputs).map(input -> numbers(input.type())).toList();
    }

    private static double[] compiled(Value value, Value... inputs) {
        try (Device cpu = CpuDevice.open()) {
            return Devices.call(cpu, Graph.of(List.of(inputs), List.of(value)), point(inputs))
                    .get(0)
                    .toArray();
        }
    }

    @ParameterizedTest
    @CsvSource({"FORWARD,20", "FORWARD,4", "FORWARD,3", "REVERSE,20", "REVERSE,3", "REVERSE,1"})
    void bothModesInAnyChunks(Jacobian.Mode mode, int chunk) {
        double[] expected = new double[8 * 6];
        for (int i = 0; i < 8; i++) {
            Value element = output.reshape(8).slice(0, i, i + 1).sum();
            System.arraycopy(call(Derivatives.gradient(element, x).get(0), x, w), 0, expected, 6 * i, 6);
        }
        Value jacobian = Jacobian.of(output, x, mode, chunk);
        assertThat(jacobian.shape().dims()).containsExactly(2, 4, 2, 3);
        assertThat(call(jacobian, x, w)).containsExactly(expected, within(1e-14));
        assertThat(compiled(jacobian, x, w)).containsExactly(expected, within(1e-14));
        assertThat(call(Jacobian.of(output, x), x, w)).containsExactly(expected, within(1e-14));
    }

    @Test
    void hessiansAreSymmetricAndMultiply() {
        Value v = Value.input("v", x.type());
        Value loss = output.exp().sum();
        double[] hessian = call(Hessian.of(loss, x), x, w);
        double[] direction = numbers(x.type()).toArray();
        double[] product = call(Hessian.times(loss, List.of(x), List.of(v)).get(0), x, w, v);
        for (int i = 0; i < 6; i++) {
            double sum = 0;
            for (int j = 0; j < 6; j++) {
                assertThat(hessian[6 * i + j]).isCloseTo(hessian[6 * j + i], within(1e-14));
                sum += hessian[6 * i + j] * direction[j];
            }
            assertThat(product[i]).isCloseTo(sum, within(1e-13));
        }
    }

    /** A diffusion step on a line: three entries per row, whatever its length. */
    @Test
    void patternsCompress() {
        Value u = Value.input("u", TensorType.f64(30));
        Value padded = u.pad(0, 1, 1);
        Value step = padded.slice(0, 0, 30)
                .times(u)
                .plus(padded.slice(0, 2, 32).exp())
                .minus(u.square());
        SparsityPattern pattern = SparsityPattern.band(30, 1);
        assertThat(Compression.ofColumns(pattern).colours()).isEqualTo(3);
        double[] full = call(Jacobian.of(step, u), u);
        assertThat(call(Jacobian.of(step, u, pattern), u)).containsExactly(full, within(1e-15));
        assertThat(compiled(Jacobian.of(step, u, pattern), u)).containsExactly(full, within(1e-14));
        double[] entries = call(Jacobian.entries(step, u, pattern), u);
        for (int k = 0; k < entries.length; k++) {
            assertThat(entries[k]).isCloseTo(full[30 * pattern.row(k) + pattern.column(k)], within(1e-15));
        }
    }

    /** A dense row makes all columns touch, but the rows of an arrow pointing the other way do not. */
    @Test
    void coloursRowsWhereThatIsCheaper() {
        Value u = Value.input("u", TensorType.f64(12));
        Value output = Value.concat(
                0, List.of(u.exp().sum().reshape(1), u.slice(0, 1, 12).square()));
        List<int[]> entries = new ArrayList<>();
        for (int j = 0; j < 12; j++) {
            entries.add(new int[] {0, j});
        }
        for (int i = 1; i < 12; i++) {
            entries.add(new int[] {i, i});
        }
        SparsityPattern arrow = SparsityPattern.of(
                12,
                12,
                entries.stream().mapToInt(entry -> entry[0]).toArray(),
                entries.stream().mapToInt(entry -> entry[1]).toArray());
        assertThat(Compression.ofColumns(arrow).colours()).isEqualTo(12);
        assertThat(Compression.ofColumns(arrow.transposed()).colours()).isEqualTo(2);
        assertThat(call(Jacobian.of(output, u, arrow), u))
                .containsExactly(call(Jacobian.of(output, u), u), within(1e-15));
    }

    /** Each square touches two neighbours: a star colouring needs fewer directions than columns that share no row. */
    @Test
    void hessiansCompressByStars() {
        Value u = Value.input("u", TensorType.f64(6, 7));
        Value loss = u.plus(u.roll(1, 0).times(2))
                .exp()
                .sum()
                .plus(u.times(u.roll(1, 1)).sum());
        SparsityPattern pattern = Hessian.pattern(loss, u);
        assertThat(pattern.size()).isEqualTo(5 * 42);
        assertThat(Compression.ofSymmetric(pattern).colours())
                .isLessThan(Compression.ofColumns(pattern).colours());
        double[] full = call(Hessian.of(loss, u), u);
        assertThat(call(Hessian.of(loss, u, pattern), u)).containsExactly(full, within(1e-14));
        assertThat(compiled(Hessian.of(loss, u, pattern), u)).containsExactly(full, within(1e-13));
    }

    @Test
    void jacobiansOfLoopsAndOfJacobians() {
        Value run = Recurrence.scan(
                        5,
                        List.of(x),
                        List.of(),
                        (c, s) -> new Recurrence.Step(
                                List.of(c.get(0)
                                        .contract("ik,kj->ij", w.contract("ij,kj->ik", w))
                                        .tanh()),
                                List.of()))
                .carries()
                .get(0);
        DerivativeCheck.check(
                Graph.of(List.of(x, w), List.of(Jacobian.of(run, x, Jacobian.Mode.FORWARD, 4))),
                List.of(numbers(x.type()), numbers(w.type())),
                5);
    }

    @Test
    void returnsAuxiliaryValues() {
        Value loss = output.sum();
        ValueAndGradient step = Derivatives.valueAndGradient(loss, List.of(output), List.of(w));
        assertThat(step.outputs()).hasSize(3).startsWith(loss, output);
        assertThat(step.gradients().get(0).type()).isEqualTo(w.type());
    }

    @Test
    void refusesPatternsThatDoNotFit() {
        assertThatThrownBy(() -> Jacobian.of(output, x, SparsityPattern.band(3, 1)))
                .hasMessage(
                        "The Jacobian of f64[2,4] to f64[2,3] has 8 rows and 6 columns, but its pattern has 3 and 3.");
        assertThatThrownBy(() -> SparsityPattern.of(2, 2, new int[] {2}, new int[] {0}))
                .hasMessage("Entry (2, 0) lies outside a sparsity pattern of 2 rows and 2 columns.");
    }
}
