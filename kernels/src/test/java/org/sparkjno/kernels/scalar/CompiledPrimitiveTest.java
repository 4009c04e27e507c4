// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.device.cpu.NativeLibrary;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/** The compiled primitives against the table, under the very flags that programs are compiled with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompiledPrimitiveTest {
    private static final int SAMPLES = 200_000;
    private static final double[] EDGES = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        2,
        -2,
        3,
        -3,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        1e-310,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        88.7,
        88.73,
        -87.4,
        -103.9,
        -104.1,
        709.7,
        709.8,
        -708.5,
        -745.1,
        -745.2,
        4,
        6,
        Math.PI,
        Math.PI / 2,
        1e5,
        0x1p48,
        0x1.8p48
    };

    private NativeLibrary library;

    @BeforeAll
    void compile() {
        List<String> units = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            StringBuilder unit = new StringBuilder();
            unit.append(MathLibrary.definitions(EnumSet.allOf(Primitive.class), precision));
            for (Primitive primitive : Primitive.values()) {
                unit.append(loop(primitive, precision));
            }
            units.add(unit.toString());
        }
        library = NativeLibrary.compile(units);
    }

    @AfterAll
    void close() {
        library.close();
    }

    Stream<Arguments> rows() {
        return Stream.of(Primitive.values())
                .flatMap(primitive ->
                        Stream.of(Precision.values()).map(precision -> Arguments.of(primitive, precision)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void compiledValuesAreWithinTwoUnits(Primitive primitive, Precision precision) {
        double[][] x = samples(primitive.arity(), precision);
        double[] y = run(primitive, precision, x);
        Errors errors = new Errors();
        double[] arguments = new double[primitive.arity()];
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = x[k][i];
            }
            errors.add(error(y[i], primitive.value(arguments), precision), y[i], arguments);
        }
        // In double precision the table itself is off by up to one unit; Math.tanh by up to two and a half.
        double allowed = precision == Precision.SINGLE ? 2 : primitive == Primitive.TANH ? 4.5 : 3;
        assertThat(errors.largest())
                .as("%s %s: %s", primitive, precision, errors)
                .isLessThanOrEqualTo(allowed);
    }

    private static String loop(Primitive primitive, Precision precision) {
        String type = precision == Precision.SINGLE ? "float" : "double";
        List<String> arguments = new ArrayList<>();
        StringBuilder text = new StringBuilder("void " + symbol(primitive, precision) + "(long *a) {\n");
        text.append("    %1$s *restrict y = (%1$s *)a[0];\n".formatted(type));
        for (int k = 0; k < primitive.arity(); k++) {
            text.append("    const %1$s *restrict x%2$d = (const %1$s *)a[%3$d];\n".formatted(type, k, k + 2));
            arguments.add(takesBoolean(primitive, k) ? "(x" + k + "[i] != 0)" : "x" + k + "[i]");
        }
        text.append("    for (long i = 0; i < a[1]; i++) {\n");
        text.append("        y[i] = ").append(primitive.c(precision, arguments)).append(";\n    }\n}\n");
        return text.toString();
    }

    private static boolean takesBoolean(Primitive primitive, int argument) {
        return switch (primitive) {
            case AND, OR, NOT -> true;
            case SELECT -> argument == 0;
            default -> false;
        };
    }

    private static String symbol(Primitive primitive, Precision precision) {
        return "run_" + primitive.text() + "_" + precision.name();
    }

    /** All combinations of edge cases, then numbers around one, over many magnitudes, and of random bits. */
    private static double[][] samples(int arity, Precision precision) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] x = new double[arity][SAMPLES];
        double edges = Math.pow(EDGES.length, arity);
        for (int i = 0; i < SAMPLES; i++) {
            int rest = i;
            for (int k = 0; k < arity; k++) {
                double sample = i < edges ? EDGES[rest % EDGES.length] : sample(random, i % 3, precision);
                x[k][i] = precision == Precision.SINGLE ? (float) sample : sample;
                rest /= EDGES.length;
            }
        }
        return x;
    }

    private static double sample(SplittableRandom random, int kind, Precision precision) {
        return switch (kind) {
            case 0 -> random.nextDouble(-10, 10);
            case 1 -> Math.exp(random.nextDouble(-40, 40)) * (random.nextBoolean() ? 1 : -1);
            default ->
                precision == Precision.SINGLE
                        ? Float.intBitsToFloat(random.nextInt())
                        : Double.longBitsToDouble(random.nextLong());
        };
    }

    private double[] run(Primitive primitive, Precision precision, double[][] x) {
        int size = precision == Precision.SINGLE ? Float.BYTES : Double.BYTES;
        long bytes = (long) size * SAMPLES;
        try (NativeMemory arguments = NativeMemory.allocate(5 * Long.BYTES);
                NativeMemory block = NativeMemory.allocate((1 + x.length) * bytes)) {
            ByteBuffer pointers = arguments.view();
            pointers.putLong(block.address()).putLong(SAMPLES);
            for (int k = 0; k < x.length; k++) {
                pointers.putLong(block.address() + (k + 1) * bytes);
                put(block.view((k + 1) * bytes, bytes), precision, x[k]);
            }
            NativeLibrary.call(library.symbol(symbol(primitive, precision)), arguments.address());
            return get(block.view(0, bytes), precision);
        }
    }

    private static void put(ByteBuffer buffer, Precision precision, double[] numbers) {
        for (double number : numbers) {
            if (precision == Precision.SINGLE) {
                buffer.putFloat((float) number);
            } else {
                buffer.putDouble(number);
            }
        }
    }

    private static double[] get(ByteBuffer buffer, Precision precision) {
        double[] numbers = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            numbers[i] = precision == Precision.SINGLE ? buffer.getFloat() : buffer.getDouble();
        }
        return numbers;
    }

    /** Distance in units of the last place of the expected number. */
    private static double error(double actual, double expected, Precision precision) {
        double rounded = precision == Precision.SINGLE ? (float) expected : expected;
        if (actual == rounded || (Double.isNaN(actual) && Double.isNaN(rounded))) {
            return precision == Precision.SINGLE && Double.isFinite(rounded)
                    ? Math.abs(actual - expected) / Math.ulp((float) rounded)
                    : 0;
        }
        double largest = precision == Precision.SINGLE ? Float.MAX_VALUE : Double.MAX_VALUE;
        if (Math.abs(rounded) >= largest && Math.abs(actual) >= largest) {
            return Math.signum(rounded) == Math.signum(actual) ? 1 : Double.POSITIVE_INFINITY;
        }
        if (!Double.isFinite(rounded) || !Double.isFinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        double unit = precision == Precision.SINGLE ? Math.ulp((float) rounded) : Math.ulp(rounded);
        return Math.abs(actual - expected) / unit;
    }

    /** A histogram of errors, with the worst sample. */
    private static final class Errors {
        private final long[] counts = new long[6];
        private double largest;
        private String worst = "none";

        void add(double error, double actual, double[] arguments) {
            counts[(int) Math.min(2 * error, counts.length - 1)]++;
            if (error > largest) {
                largest = error;
                worst = actual + " at " + Arrays.toString(arguments);
            }
        }

        double largest() {
            return largest;
        }

        @Override
        public String toString() {
            return "largest error " + largest + " units (" + worst + "), by half units " + Arrays.toString(counts);
        }
    }
}
