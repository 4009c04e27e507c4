// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    /** Arguments: result, summand, number of elements. */
    private static final String ADD = """
            void add(long *arguments) {
                double *restrict y = (double *)arguments[0];
                const double *restrict x = (const double *)arguments[1];
                for (long i = 0; i < arguments[2]; i++) {
                    y[i] += x[i];
                }
            }
            """;

    @Test
    void compiledCodeRuns() {
        try (NativeLibrary library = NativeLibrary.compile(ADD);
                NativeMemory arguments = NativeMemory.allocate(3 * Long.BYTES);
                NativeMemory y = NativeMemory.allocate(100 * Double.BYTES);
                NativeMemory x = NativeMemory.allocate(100 * Double.BYTES)) {
            for (int i = 0; i < 100; i++) {
                x.view().putDouble(i * Double.BYTES, i);
                y.view().putDouble(i * Double.BYTES, 0.5);
            }
            arguments.view().asLongBuffer().put(new long[] {y.address(), x.address(), 100});

            NativeLibrary.call(library.symbol("add"), arguments.address());

            for (int i = 0; i < 100; i++) {
                assertThat(y.view().getDouble(i * Double.BYTES)).isEqualTo(i + 0.5);
            }
        }
    }

    @Test
    void arraysOfTheHeapAreWorkedOnWhereTheyLie() {
        String source = """
                void run(void **arrays, long *numbers) {
                    double *y = arrays[0];
                    const float *x = arrays[1];
                    for (long i = 0; i < numbers[0]; i++) {
                        y[i] += x[i] + (arrays[2] != 0);
                    }
                    numbers[1] = 42;
                }
                """;
        try (NativeLibrary library = NativeLibrary.compile(source)) {
            double[] y = {1, 2, 3};
            long[] numbers = {2, 0};
            long function = library.symbol("run");
            NativeLibrary.call(function, numbers, y, new float[] {10, 20}, null);
            assertThat(y).containsExactly(11, 22, 3);
            assertThat(numbers[1]).isEqualTo(42);
            assertThatThrownBy(() -> NativeLibrary.call(function, numbers, new Object[17]))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageContaining("16");
        }
    }

    @Test
    void translationUnitsAreLinkedTogether() {
        List<String> units = List.of(
                "double half(double x) { return 0.5 * x; }",
                "double half(double x); void run(double *x) { *x = half(*x) + 1; }",
                "long table[] = {7, 8, 9};");
        try (NativeLibrary library = NativeLibrary.compile(units);
                NativeMemory x = NativeMemory.allocate(Double.BYTES)) {
            x.view().putDouble(0, 8);
            NativeLibrary.call(library.symbol("run"), x.address());
            assertThat(x.view().getDouble(0)).isEqualTo(5);
            assertThat(Native.buffer(library.symbol("table"), 24)
                            .order(ByteOrder.nativeOrder())
                            .getLong(16))
                    .isEqualTo(9);
        }
    }

    @Test
    void nanAndInfinityAreHonoured() {
        String source = """
                void run(double *x) {
                    x[1] = x[0] != x[0];
                    x[2] = x[0] - x[0];
                    x[3] = 1 / x[4] > 1e300;
                }
                """;
        try (NativeLibrary library = NativeLibrary.compile(source);
                NativeMemory x = NativeMemory.allocate(5 * Double.BYTES)) {
            x.view().putDouble(0, Double.NaN);
            NativeLibrary.call(library.symbol("run"), x.address());
            assertThat(x.view().getDouble(8)).isEqualTo(1);
            assertThat(x.view().getDouble(16)).isNaN();
            assertThat(x.view().getDouble(24)).isEqualTo(1);
        }
    }

    @Test
    void refusedTextShowsWhatTheCompilerSaid() {
        assertThatThrownBy(() -> NativeLibrary.compile("void run(long a) { undeclared = a; }"))
                .isInstanceOf(CompileException.class)
                .hasMessageContaining("undeclared");
        assertThatThrownBy(() -> NativeLibrary.compile(List.of("void f(void) {}", "void f(void) {}")))
                .isInstanceOf(CompileException.class)
                .hasMessageContaining("duplicate symbol");
        assertThatThrownBy(() -> NativeLibrary.compile(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void functionsThatNobodyDefinesAreFoundWhenLoading() {
        assertThatThrownBy(() -> NativeLibrary.compile("void nowhere(void); void run(long a) { nowhere(); }"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void missingSymbolsAndClosedLibrariesAreNamed() {
        NativeLibrary library = NativeLibrary.compile("void run(long a) {}");
        assertThatThrownBy(() -> library.symbol("walk"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("walk");
        library.close();
        library.close();
        assertThatThrownBy(() -> library.symbol("run"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void targetTellsTheShapeOfTheRegisters() {
        CpuTarget target = Toolchain.target();
        assertThat(target.vectorBits()).isIn(128, 256, 512);
        assertThat(target.vectorRegisters()).isIn(16, 32);
        assertThat(target.key()).contains(target.compiler(), target.triple());
    }
}
