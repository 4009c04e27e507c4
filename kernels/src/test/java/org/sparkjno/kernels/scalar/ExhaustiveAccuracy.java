// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints the largest error of the compiled rows in single precision over all 2^32 arguments, and for rows of two arguments
 * over a dense sample; run by hand, optionally with the names of rows. It takes a minute or more a row. Expected numbers
 * are the rows in double precision, which the tests compare with the table: their errors are lost in single precision.
 */
final class ExhaustiveAccuracy {
    private static final int BLOCK = 1 << 16;
    private static final double ALLOWED = 2;

    private ExhaustiveAccuracy() {}

    public static void main(String[] args) {
        List<Primitive> rows = args.length > 0
                ? Arrays.stream(args).map(Primitive::named).toList()
                : Arrays.stream(Primitive.values())
                        .filter(row -> row.arity() < 3)
                        .toList();
        boolean exceeded = false;
        try (CompiledRows compiled = new CompiledRows()) {
            for (Primitive row : rows) {
                long start = System.nanoTime();
                RoundingErrors errors = row.arity() == 1 ? all(compiled, row) : sample(compiled, row);
                System.out.printf("%-8s %6.1f s  %s%n", row.text(), (System.nanoTime() - start) / 1e9, errors);
                exceeded |= errors.largest() > ALLOWED;
            }
        }
        if (exceeded) {
            throw new AssertionError("A row is off by more than " + ALLOWED + " units in the last place.");
        }
    }

    private static RoundingErrors all(CompiledRows compiled, Primitive primitive) {
        RoundingErrors errors = new RoundingErrors(Precision.SINGLE);
        try (CompiledRows.Row single = compiled.row(primitive, Precision.SINGLE, BLOCK);
                CompiledRows.Row twice = compiled.row(primitive, Precision.DOUBLE, BLOCK)) {
            double[] x = new double[BLOCK];
            for (long first = 0; first < 1L << 32; first += BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    x[i] = Float.intBitsToFloat((int) (first + i));
                }
                double[] actual = single.at(x);
                double[] expected = twice.at(x);
                for (int i = 0; i < BLOCK; i++) {
                    errors.add(actual[i], expected[i], x[i]);
                }
            }
        }
        return errors;
    }

    /** Pairs of 4096 numbers over all exponents, then bases around one with exponents that keep a power in range. */
    private static RoundingErrors sample(CompiledRows compiled, Primitive primitive) {
        RoundingErrors errors = new RoundingErrors(Precision.SINGLE);
        SplittableRandom random = new SplittableRandom(5);
        try (CompiledRows.Row single = compiled.row(primitive, Precision.SINGLE, BLOCK);
                CompiledRows.Row twice = compiled.row(primitive, Precision.DOUBLE, BLOCK)) {
            double[] x = new double[BLOCK];
            double[] y = new double[BLOCK];
            for (int block = 0; block < 512; block++) {
                for (int i = 0; i < BLOCK; i++) {
                    long pair = (long) block * BLOCK + i;
                    if (block < 256) {
                        x[i] = Float.intBitsToFloat((int) (pair >> 12) << 20);
                        y[i] = Float.intBitsToFloat((int) pair << 20);
                    } else {
                        x[i] = (float) Math.exp(random.nextDouble(-2, 2) * random.nextDouble());
                        y[i] = (float) (random.nextDouble(-104, 89) / Math.log(x[i]));
                    }
                }
                double[] actual = single.at(x, y);
                double[] expected = twice.at(x, y);
                for (int i = 0; i < BLOCK; i++) {
                    errors.add(actual[i], expected[i], x[i], y[i]);
                }
            }
        }
        return errors;
    }
}
