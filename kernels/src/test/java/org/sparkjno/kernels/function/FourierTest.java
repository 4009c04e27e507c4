// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class FourierTest {
    /** Real parts, then imaginary parts, of the sum by its definition. */
    private static double[][] sum(double[] re, double[] im, int sign) {
        int n = re.length;
        double[][] sums = new double[2][n];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                double angle = sign * 2 * Math.PI * ((long) j * k % n) / n;
                sums[0][k] += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
                sums[1][k] += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
            }
        }
        return sums;
    }

    private static double[][] parts(Function<List<Value>, ComplexPair> function, Literal... arguments) {
        return new double[][] {
            FunctionCheck.value(v -> function.apply(v).re(), arguments),
            FunctionCheck.value(v -> function.apply(v).im(), arguments)
        };
    }

    private static void close(double[][] actual, double[][] expected) {
        double scale = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .reduce(1, Math::max);
        for (int part = 0; part < 2; part++) {
            assertThat(actual[part]).containsExactly(expected[part], within(1e-13 * scale));
        }
    }

    private static ComplexPair pair(List<Value> v) {
        return new ComplexPair(v.get(0), v.get(1));
    }

    /** One step and several steps, primes short and long, powers, and products of both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 30, 64, 67, 96, 120, 127, 134, 211, 256, 360, 512, 635, 1024})
    void allLengths(int n) {
        Literal[] x =
                FunctionCheck.random(n, TensorType.f64(n), TensorType.f64(n)).toArray(Literal[]::new);
        Fourier fourier = Fourier.over(0);
        double[][] spectrum = sum(x[0].toArray(), x[1].toArray(), -1);
        close(parts(v -> fourier.fft(pair(v)), x), spectrum);
        close(parts(v -> fourier.ifft(fourier.fft(pair(v))), x), new double[][] {x[0].toArray(), x[1].toArray()});

        double[][] real = sum(x[0].toArray(), new double[n], -1);
        int half = n / 2 + 1;
        close(
                parts(v -> fourier.rfft(v.get(0)), x[0]),
                new double[][] {Arrays.copyOf(real[0], half), Arrays.copyOf(real[1], half)});
        assertThat(FunctionCheck.value(v -> fourier.irfft(fourier.rfft(v.get(0)), n), x[0]))
                .containsExactly(x[0].toArray(), within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 60, 256, 211})
    void lowModesAreThoseOfTheWholeSpectrum(int n) {
        Literal x = FunctionCheck.random(n, TensorType.f64(n)).get(0);
        double[][] all = sum(x.toArray(), new double[n], -1);
        for (int kept : new int[] {1, 2, n / 4, n / 2}) {
            close(parts(v -> Fourier.over(0).lowModes(v.get(0), kept), x), new double[][] {
                Arrays.copyOf(all[0], kept), Arrays.copyOf(all[1], kept)
            });
            double[] filtered = FunctionCheck.value(
                    v -> Fourier.over(0).fromLowModes(Fourier.over(0).lowModes(v.get(0), kept), n), x);
            double[] twice = FunctionCheck.value(
                    v -> Fourier.over(0)
                            .irfft(
                                    Fourier.over(0)
                                            .lowModes(v.get(0), kept)
                                            .map(part -> part.pad(0, 0, n / 2 + 1 - kept)),
                                    n),
                    x);
            assertThat(filtered).containsExactly(twice, within(1e-13));
        }
    }

    /** Along one axis after another, in any order; channels behind; negative modes before positive ones. */
    @Test
    void severalAxes() {
        Literal x = FunctionCheck.random(1, TensorType.f64(2, 6, 8, 10, 3)).get(0);
        Fourier fourier = Fourier.over(1, -3, 3);
        Fourier inTurn = Fourier.over(3, 1, 2);
        close(parts(v -> fourier.fft(real(v.get(0))), x), parts(v -> inTurn.fft(real(v.get(0))), x));
        double[] whole = parts(v -> fourier.fft(real(v.get(0))), x)[1];
        double[] half = FunctionCheck.value(v -> fourier.rfft(v.get(0)).im(), x);
        double[] low =
                FunctionCheck.value(v -> fourier.lowModes(v.get(0), 2, 4, 3).im(), x);
        assertThat(half).hasSize(2 * 6 * 8 * 6 * 3);
        assertThat(low).hasSize(2 * 4 * 8 * 3 * 3);
        for (int i = 0; i < half.length; i++) {
            assertThat(half[i]).isCloseTo(whole[i / 18 * 30 + i % 18], within(1e-11));
        }
        int[] from = {1, 5, 3, 2, 1}; // sample, mode −1 of 6, mode 3 of 8, mode 2 of 10, channel
        int wide = (((from[0] * 6 + from[1]) * 8 + from[2]) * 10 + from[3]) * 3 + from[4];
        int kept = (((from[0] * 4 + 1) * 8 + 7) * 3 + from[3]) * 3 + from[4];
        assertThat(low[kept]).isCloseTo(whole[wide], within(1e-11));
        assertThat(FunctionCheck.value(v -> fourier.irfft(fourier.rfft(v.get(0)), 10), x))
                .containsExactly(x.toArray(), within(1e-13));
    }

    private static ComplexPair real(Value x) {
        return new ComplexPair(x, Value.full(x.type(), 0));
    }

    @Test
    void normsPlaceTheScale() {
        Literal x = Literal.of(TensorType.f64(4), 1, 1, 1, 1);
        for (Fourier.Norm norm : Fourier.Norm.values()) {
            Fourier fourier = new Fourier(norm, List.of(0));
            double mean = FunctionCheck.value(v -> fourier.rfft(v.get(0)).re(), x)[0];
            assertThat(mean).isEqualTo(new double[] {4, 2, 1}[norm.ordinal()]);
            assertThat(FunctionCheck.value(v -> fourier.irfft(fourier.rfft(v.get(0)), 4), x))
                    .containsExactly(x.toArray(), within(1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 67, 96})
    void derivatives(int n) {
        FunctionCheck.check(
                v -> {
                    ComplexPair z = Fourier.over(0).fft(pair(v));
                    return z.re().times(z.im());
                },
                TensorType.f64(n, 2),
                TensorType.f64(n, 2));
        FunctionCheck.check(
                v -> {
                    ComplexPair z = Fourier.over(1).rfft(v.get(0));
                    return Fourier.over(1).irfft(z.times(z), n);
                },
                TensorType.f64(2, n));
    }

    @Test
    void compiledLinesOfManySteps() {
        for (int n : new int[] {240, 211, 512}) {
            TensorType type = TensorType.f32(2, n, 3);
            Value x = Value.input("x", type);
            ComplexPair spectrum = Fourier.over(1).rfft(x);
            ComplexPair low = Fourier.over(1).lowModes(x, 50);
            Graph graph = Graph.of(
                    List.of(x),
                    List.of(
                            spectrum.re(),
                            spectrum.im(),
                            Fourier.over(1).irfft(spectrum, n),
                            low.im(),
                            Fourier.over(1).fromLowModes(low, n)));
            FunctionCheck.sameOnCpu(graph, FunctionCheck.random(2, type), 1e-5);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Value x = Value.input("x", TensorType.f32(8, 0));
        ComplexPair z = new ComplexPair(x, x);
        assertThatThrownBy(() -> Fourier.over()).hasMessage("A Fourier transform needs at least one axis.");
        assertThatThrownBy(() -> Fourier.over(1).fft(z))
                .hasMessage("A Fourier transform needs at least one point along each of its axes.");
        assertThatThrownBy(() -> Fourier.over(0, 0).fft(z)).hasMessageContaining("Each axis is named once");
        assertThatThrownBy(() -> Fourier.over(0).irfft(z, 8))
                .hasMessage("A real field of 8 points has 5 modes along axis 0, but got f32[8,0].");
        assertThatThrownBy(() -> Fourier.over(0).lowModes(x, 6))
                .hasMessage("A grid of 8 points carries 1 to 5 Fourier modes along this axis, but 6 are to be kept.");
        assertThatThrownBy(() -> Fourier.over(0).lowModes(x, 1, 1))
                .hasMessage("A Fourier transform over 1 axes needs as many extents, but got 2.");
    }
}
