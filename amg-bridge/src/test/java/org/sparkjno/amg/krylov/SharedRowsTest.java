// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Every method on rows that two parties share, who meet in products and reductions only. */
class SharedRowsTest {
    private static final CsrMatrix MATRIX = Stencils.laplacian(16, 1, 1);
    private static final int HALF = MATRIX.rows() / 2;
    private static final int WIDTH = 3;

    @ParameterizedTest
    @MethodSource("org.sparkjno.amg.krylov.KrylovMethodTest#all")
    void twoPartiesFindTheSolutionOfOne(KrylovMethod method) throws Exception {
        int n = MATRIX.rows();
        double[] b = new Random(2).doubles((long) n * WIDTH, -1, 1).toArray();
        double[] alone = new double[n * WIDTH];
        KrylovSolver solver = KrylovSolver.of(method, 1e-10);
        List<SolveReport> reports = solver.solve(
                LinearMap.of(MATRIX, Team.serial()),
                new LocalSpace(n, WIDTH, Team.serial()),
                b,
                alone,
                Preconditioner.identity());
        Meeting meeting = new Meeting();
        ExecutorService parties = Executors.newFixedThreadPool(2);
        try {
            List<Future<double[]>> halves = new ArrayList<>();
            for (int party = 0; party < 2; party++) {
                Half half = new Half(meeting, party, WIDTH);
                double[] part = Arrays.copyOfRange(b, half.from() * WIDTH, (half.from() + HALF) * WIDTH);
                halves.add(parties.submit(() -> {
                    double[] x = new double[HALF * WIDTH];
                    List<SolveReport> own = solver.solve(half, half, part, x, Preconditioner.identity());
                    assertThat(own.get(0).iterations())
                            .isCloseTo(
                                    reports.get(0).iterations(),
                                    within(1 + reports.get(0).iterations() / 5));
                    return x;
                }));
            }
            for (int party = 0; party < 2; party++) {
                assertThat(halves.get(party).get())
                        .containsExactly(
                                Arrays.copyOfRange(alone, party * HALF * WIDTH, (party + 1) * HALF * WIDTH),
                                within(1e-7));
            }
        } finally {
            parties.shutdown();
        }
    }

    @Test
    void reductionsPerIteration() {
        assertThat(reductions(new PipelinedConjugateGradient())).isEqualTo(1);
        assertThat(reductions(new ConjugateGradient())).isEqualTo(3);
        assertThat(reductions(new FlexibleConjugateGradient())).isEqualTo(3);
        assertThat(reductions(new BlockConjugateGradient())).isEqualTo(3);
        assertThat(reductions(new MinimalResidual())).isEqualTo(3);
        assertThat(reductions(new Gmres(100))).isEqualTo(2);
        assertThat(reductions(new BiCgStab())).isEqualTo(4);
    }

    /** Reductions of ten iterations more than five, per iteration. */
    private static int reductions(KrylovMethod method) {
        int[] counts = new int[2];
        for (int k = 0; k < 2; k++) {
            Counting space = new Counting(new LocalSpace(MATRIX.rows(), 1, Team.serial()), new AtomicInteger());
            new KrylovSolver(method, new StoppingCriterion(1e-10, 0, 5 + 10 * k), OnFailure.RETURN)
                    .solve(
                            LinearMap.of(MATRIX, Team.serial()),
                            space,
                            new Random(1).doubles(MATRIX.rows()).toArray(),
                            space.zeros(),
                            Preconditioner.identity());
            counts[k] = space.count.get();
        }
        return (counts[1] - counts[0]) / 10;
    }

    /** Where the two parties put down what the other needs. */
    private static final class Meeting {
        private final CyclicBarrier barrier = new CyclicBarrier(2);
        private final double[][] left = new double[2][];

        /** Lays down one's own values and takes up those of both. */
        double[][] exchange(int party, double[] values) {
            left[party] = values.clone();
            await();
            double[][] both = left.clone();
            await();
            return both;
        }

        private void await() {
            try {
                barrier.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("The other party does not come.", e);
            }
        }
    }

    /** One half of the rows. */
    private record Half(Meeting meeting, int party, int width, VectorSpace local) implements Forwarding, LinearMap {
        Half(Meeting meeting, int party, int width) {
            this(meeting, party, width, new LocalSpace(HALF, width, Team.serial()));
        }

        int from() {
            return party * HALF;
        }

        @Override
        public int rows() {
            return HALF;
        }

        @Override
        public VectorSpace withWidth(int newWidth) {
            return new Half(meeting, party, newWidth);
        }

        @Override
        public void apply(double[] x, double[] y, int vectors) {
            double[][] parts = meeting.exchange(party, x);
            double[] whole = Arrays.copyOf(parts[0], 2 * x.length);
            System.arraycopy(parts[1], 0, whole, x.length, x.length);
            double[] product = new double[whole.length];
            MATRIX.multiply(whole, product, vectors, Team.serial());
            System.arraycopy(product, from() * vectors, y, 0, y.length);
        }

        @Override
        public double[] sum(double[] values) {
            double[][] parts = meeting.exchange(party, values);
            double[] total = parts[0].clone();
            Arrays.setAll(total, k -> total[k] + parts[1][k]);
            return total;
        }

        @Override
        public double[][] dots(List<double[]> x, List<double[]> y) {
            return summed(local.dots(x, y));
        }

        @Override
        public double[][] grams(List<double[]> x, double[] y) {
            return summed(local.grams(x, y));
        }

        private double[][] summed(double[][] values) {
            int size = values[0].length;
            double[] flat = new double[values.length * size];
            Arrays.setAll(flat, k -> values[k / size][k % size]);
            double[] total = sum(flat);
            for (int k = 0; k < total.length; k++) {
                values[k / size][k % size] = total[k];
            }
            return values;
        }

        @Override
        public double[] random(long seed) {
            double[] whole = new LocalSpace(2 * HALF, width, Team.serial()).random(seed);
            return Arrays.copyOfRange(whole, from() * width, (from() + HALF) * width);
        }
    }

    /** Counts reductions. */
    private record Counting(VectorSpace local, AtomicInteger count) implements Forwarding {
        @Override
        public VectorSpace withWidth(int width) {
            return new Counting(local.withWidth(width), count);
        }

        @Override
        public double[] sum(double[] values) {
            count.incrementAndGet();
            return local.sum(values);
        }

        @Override
        public double[][] dots(List<double[]> x, List<double[]> y) {
            count.incrementAndGet();
            return local.dots(x, y);
        }

        @Override
        public double[][] grams(List<double[]> x, double[] y) {
            count.incrementAndGet();
            return local.grams(x, y);
        }
    }

    /** What needs no other party. */
    private interface Forwarding extends VectorSpace {
        VectorSpace local();

        @Override
        default int rows() {
            return local().rows();
        }

        @Override
        default int width() {
            return local().width();
        }

        @Override
        default void axpy(double[] alpha, double[] x, double[] y) {
            local().axpy(alpha, x, y);
        }

        @Override
        default void xpby(double[] x, double[] beta, double[] y) {
            local().xpby(x, beta, y);
        }

        @Override
        default void scale(double[] alpha, double[] x) {
            local().scale(alpha, x);
        }

        @Override
        default void blockAxpy(double[] x, double[] c, double[] y) {
            local().blockAxpy(x, c, y);
        }

        @Override
        default void blockScale(double[] x, double[] c) {
            local().blockScale(x, c);
        }

        @Override
        default double[] random(long seed) {
            return local().random(seed);
        }
    }
}
