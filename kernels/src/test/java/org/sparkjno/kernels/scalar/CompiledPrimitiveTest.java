// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        0.4142135623730951,
        0.7071067811865476,
        0.9999999403953552,
        -0.9999999999999999,
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
        0x1p17,
        0x1.8p17,
        0x1p48,
        0x1.8p48,
        1e22,
        0x1.6ac5b262ca1ffp849
    };

    private CompiledRows compiled;

    @BeforeAll
    void compile() {
        compiled = new CompiledRows();
    }

    @AfterAll
    void close() {
        compiled.close();
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
        RoundingErrors errors = new RoundingErrors(precision);
        try (CompiledRows.Row row = compiled.row(primitive, precision, SAMPLES)) {
            double[] y = row.at(x);
            double[] arguments = new double[primitive.arity()];
            for (int i = 0; i < y.length; i++) {
                for (int k = 0; k < arguments.length; k++) {
                    arguments[k] = x[k][i];
                }
                errors.add(y[i], primitive.value(arguments), arguments);
            }
        }
        // In double precision the table itself is off by up to one unit; Math.tanh by up to two and a half.
        double allowed = precision == Precision.SINGLE ? 2 : primitive == Primitive.TANH ? 4.5 : 3;
        assertThat(errors.largest())
                .as("%s %s: %s", primitive, precision, errors)
                .isLessThanOrEqualTo(allowed);
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
}
