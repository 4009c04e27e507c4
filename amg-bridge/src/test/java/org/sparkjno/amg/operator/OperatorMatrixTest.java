// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.sparsity.SparsityPattern;

class OperatorMatrixTest {
    private static final TensorType GRID = TensorType.f64(6, 7);

    private final Value k = Value.input("k", GRID);
    private final Map<Value, Literal> point = Map.of(k, numbers(GRID, 1));

    private static Literal numbers(TensorType type, long seed) {
        return Literal.of(
                type, new Random(seed).doubles(type.shape().size(), 0.5, 2).toArray());
    }

    /** {@code u − ∇·(k ∇u)} with zeros around and a coefficient per cell. */
    private Value diffusion(Value u) {
        Value sum = u;
        for (int axis = 0; axis < 2; axis++) {
            int extent = u.shape().dim(axis);
            Value wide = u.pad(axis, 1, 1);
            Value faces = k.pad(axis, 1, 0).plus(k.pad(axis, 0, 1));
            Value flux = wide.slice(axis, 1, extent + 2)
                    .minus(wide.slice(axis, 0, extent + 1))
                    .times(faces.cast(u.dtype()));
            sum = sum.plus(flux.slice(axis, 0, extent)).minus(flux.slice(axis, 1, extent + 1));
        }
        return sum;
    }

    /** Upwind transport beside diffusion: not symmetric. */
    private Value transport(Value u) {
        return diffusion(u).plus(u.minus(u.pad(0, 1, 0).slice(0, 0, 6)).times(k));
    }

    private static double[] evaluate(Device device, Value output, Map<Value, Literal> inputs) {
        List<Value> arguments = List.copyOf(inputs.keySet());
        List<Buffer> buffers = arguments.stream()
                .map(input -> {
                    Buffer buffer = device.allocate(input.type());
                    buffer.write(inputs.get(input));
                    return buffer;
                })
                .toList();
        Buffer result = device.allocate(output.type());
        device.compile(Graph.of(arguments, List.of(output)))
                .bind(buffers, List.of(result))
                .run();
        return result.read().toArray();
    }

    private CsrMatrix assembled(OperatorMatrix matrix) {
        try (Device device = new ReferenceDevice()) {
            return CsrMatrix.of(matrix.pattern(), evaluate(device, matrix.values(), point));
        }
    }

    private double[] image(UnaryOperator<Value> operator, double[] x) {
        try (Device device = new ReferenceDevice();
                CompiledOperator compiled = CompiledOperator.of(operator, GRID, device, point)) {
            double[] y = new double[x.length];
            compiled.apply(x, y, 1);
            return y;
        }
    }

    @Test
    void valuesAreThoseOfTheFunction() {
        OperatorMatrix matrix = OperatorMatrix.of(this::transport, GRID);
        assertThat(matrix.colours()).isLessThanOrEqualTo(7);
        assertThat(matrix.pattern().entries()).isEqualTo(5 * 42 - 2 * (6 + 7));
        CsrMatrix stored = assembled(matrix);
        for (int j = 0; j < 42; j++) {
            double[] unit = new double[42];
            unit[j] = 1;
            double[] column = image(this::transport, unit);
            for (int i = 0; i < 42; i++) {
                assertThat(stored.get(i, j)).isCloseTo(column[i], within(1e-14));
            }
        }
    }

    @Test
    void symmetricMatricesNeedFewerImages() {
        OperatorMatrix any = OperatorMatrix.of(this::diffusion, GRID);
        OperatorMatrix symmetric = any.symmetric();
        assertThat(symmetric.colours()).isLessThanOrEqualTo(any.colours());
        assertThat(symmetric.pattern()).isEqualTo(any.pattern());
        assertThat(assembled(symmetric).values()).containsExactly(assembled(any).values(), within(1e-14));
    }

    @Test
    void gradientsPassThroughTheValues() {
        OperatorMatrix matrix = OperatorMatrix.of(this::transport, GRID);
        Value weights = Value.constant(numbers(matrix.values().type(), 4));
        Value loss = matrix.values().square().times(weights).sum();
        Value direction = Value.constant(numbers(GRID, 5));
        Value slope = Derivatives.gradient(loss, k).get(0).times(direction).sum();
        Value pushed =
                Derivatives.jvp(List.of(loss), List.of(k), List.of(direction)).get(0);
        try (Device device = new ReferenceDevice()) {
            double h = 1e-5;
            double[] moved = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] at = point.get(k).toArray();
                double[] along = numbers(GRID, 5).toArray();
                for (int i = 0; i < at.length; i++) {
                    at[i] += (side == 0 ? -h : h) * along[i];
                }
                moved[side] = evaluate(device, loss, Map.of(k, Literal.of(GRID, at)))[0];
            }
            double expected = (moved[1] - moved[0]) / (2 * h);
            assertThat(evaluate(device, slope, point)[0]).isCloseTo(expected, within(1e-7 * Math.abs(expected)));
            assertThat(evaluate(device, pushed, point)[0]).isCloseTo(expected, within(1e-7 * Math.abs(expected)));
        }
    }

    /** Where the coefficient vanishes an entry is zero, but it has a derivative. */
    @Test
    void zerosAreKept() {
        OperatorMatrix matrix = OperatorMatrix.of(x -> x.times(k).plus(x.roll(1, 0)), GRID);
        try (Device device = new ReferenceDevice()) {
            double[] values = evaluate(device, matrix.values(), Map.of(k, Literal.of(GRID, new double[42])));
            assertThat(values).hasSize(84).contains(0, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void verifiesOnAnyDevice(boolean isCompiled) {
        try (Device device = isCompiled ? CpuDevice.open() : new ReferenceDevice()) {
            OperatorMatrix.of(this::transport, GRID).verify(device, point);
            OperatorMatrix.of(this::diffusion, GRID).symmetric().verify(device, point);
            TensorType single = GRID.with(DType.F32);
            OperatorMatrix.of(this::diffusion, single).verify(device, point);
        }
    }

    @Test
    void declaredPatternsMayComeInAnyOrderAndNeedAllEntries() {
        TensorType line = TensorType.f64(4);
        UnaryOperator<Value> shift = x -> x.plus(x.pad(0, 1, 0).slice(0, 0, 4));
        SparsityPattern whole =
                SparsityPattern.of(4, 4, new int[] {3, 0, 1, 1, 2, 2, 3}, new int[] {2, 0, 1, 0, 1, 2, 3});
        SparsityPattern diagonal = SparsityPattern.of(4, 4, new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3});
        try (Device device = new ReferenceDevice()) {
            OperatorMatrix matrix = OperatorMatrix.of(shift, line, whole).verify(device, Map.of());
            assertThat(matrix.pattern())
                    .isEqualTo(OperatorMatrix.of(shift, line).pattern());
            assertThatThrownBy(() -> OperatorMatrix.of(shift, line, diagonal).verify(device, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "the declared pattern lacks entries; declare all of them, or let them be found.");
        }
        assertThatThrownBy(() -> OperatorMatrix.of(shift, line, SparsityPattern.band(3, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has 4 rows and 4 columns, but its pattern has 3 and 3.");
    }

    @Test
    void saysWhatIsWrong() {
        try (Device device = new ReferenceDevice()) {
            assertThatThrownBy(() ->
                            OperatorMatrix.of(x -> x.times(2).plus(1), GRID).verify(device, Map.of()))
                    .hasMessageContaining("the function is affine, with an image of zero of norm 6.48")
                    .hasMessageContaining("move that part to the right-hand side.");
            assertThatThrownBy(() -> OperatorMatrix.of(Value::square, GRID).verify(device, Map.of()))
                    .hasMessageContaining("the function is not linear; linearise it, or solve by Newton's method.");
            assertThatThrownBy(() ->
                            OperatorMatrix.of(this::transport, GRID).symmetric().verify(device, point))
                    .hasMessageContaining("is not symmetric: a product with it and one with its transpose differ by")
                    .hasMessageEndingWith("; leave out symmetric().");
            assertThatThrownBy(() -> OperatorMatrix.of(this::transport, GRID).verify(device, Map.of()))
                    .hasMessage(
                            "The function depends on the input 'k' (f64[6,7]), for which there are no numbers; add it"
                                    + " to the inputs.");
            assertThatCode(() -> OperatorMatrix.of(x -> x.times(0), GRID).verify(device, Map.of()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void appliesWithoutAMatrix() {
        CsrMatrix matrix = assembled(OperatorMatrix.of(this::transport, GRID));
        double[] x = new Random(3).doubles(42 * 3).toArray();
        double[] expected = new double[x.length];
        double[] actual = new double[x.length];
        try (Device device = CpuDevice.open();
                CompiledOperator forward = CompiledOperator.of(this::transport, GRID, device, point);
                CompiledOperator transposed = CompiledOperator.transposed(this::transport, GRID, device, point)) {
            assertThat(forward.rows()).isEqualTo(42);
            forward.apply(x, actual, 3);
            matrix.multiply(x, expected, 3, Team.serial());
            assertThat(actual).containsExactly(expected, within(1e-13));
            transposed.apply(x, actual, 3);
            matrix.transpose().multiply(x, expected, 3, Team.serial());
            assertThat(actual).containsExactly(expected, within(1e-13));
            assertThatThrownBy(() -> CompiledOperator.of(u -> u.sum(0), GRID, device, point))
                    .hasMessage("A linear system in f64[6,7] needs as many equations, but its operator gives f64[7].");
        }
    }
}
