// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.PreparedSystem;
import org.sparkjno.amg.solve.Reuse;
import org.sparkjno.amg.solve.Solver;
import org.sparkjno.bench.Timings;

/** What a set-up saves and holds, on the 7-point Laplacian of a cube. */
final class Ratios {
    private static final int WIDTH = 16;
    private static final double WIDTH_BAR = 6;
    private static final double RENEWAL_BAR = 0.5;
    private static final double MEMORY_BAR = 1.5;

    /** The collector is asked so often, since what one collection finds dead may keep more alive until the next. */
    private static final int COLLECTIONS = 3;

    private final int points;
    private final Solver solver;
    private final int repetitions;

    Ratios(int points, int threads, int repetitions) {
        this.points = points;
        this.solver = Solver.auto().threads(threads).onFailure(OnFailure.RETURN);
        this.repetitions = repetitions;
    }

    List<Ratio> measure() {
        // Memory first, while nothing else of ours is on the heap.
        Ratio memory = memory();
        CsrMatrix matrix = matrix();
        Ratio renewal = renewal(matrix);
        return List.of(manyRightHandSides(matrix), renewal, memory);
    }

    private CsrMatrix matrix() {
        return Stencils.laplacian(points, 1, 1, 1);
    }

    /** What the heap holds more than before when only the prepared system is alive. */
    private Ratio memory() {
        long before = held();
        PreparedSystem prepared = solver.prepare(matrix());
        try {
            long after = held();
            long arrays = prepared.hierarchy().map(Hierarchy::bytes).orElseGet(() -> matrix().bytes());
            return new Ratio("memory of a set-up to its arrays", after - before, arrays, "bytes", MEMORY_BAR);
        } finally {
            Reference.reachabilityFence(prepared);
        }
    }

    private static long held() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A renewed set-up for other values to one from scratch, in turns. */
    private Ratio renewal(CsrMatrix matrix) {
        PreparedSystem known = solver.prepare(matrix);
        CsrMatrix other = CsrMatrix.of(
                matrix.pattern(), Arrays.stream(matrix.values()).map(v -> 2 * v).toArray());
        double[] renewed = new double[repetitions];
        double[] anew = new double[repetitions];
        seconds(() -> known.withMatrix(other, Reuse.GALERKIN));
        for (int i = 0; i < repetitions; i++) {
            renewed[i] = seconds(() -> known.withMatrix(other, Reuse.GALERKIN));
            anew[i] = seconds(() -> solver.prepare(other));
        }
        return new Ratio("re-Galerkin to set-up", median(renewed), median(anew), "s", RENEWAL_BAR);
    }

    /** Several right-hand sides at once to the first of them alone, in turns. */
    private Ratio manyRightHandSides(CsrMatrix matrix) {
        PreparedSystem prepared = solver.prepare(matrix);
        double[] one = new double[matrix.rows()];
        Arrays.fill(one, 1);
        double[] many = rightHandSides(matrix.rows());
        double[] alone = new double[repetitions];
        double[] together = new double[repetitions];
        solve(prepared, one, 1);
        solve(prepared, many, WIDTH);
        for (int i = 0; i < repetitions; i++) {
            alone[i] = solve(prepared, one, 1);
            together[i] = solve(prepared, many, WIDTH);
        }
        return new Ratio(WIDTH + " right-hand sides to one", median(together), median(alone), "s", WIDTH_BAR);
    }

    /** The first is all ones, the others are drawn between 0 and 1. */
    private static double[] rightHandSides(int rows) {
        Random random = new Random(0);
        double[] b = new double[Math.multiplyExact(rows, WIDTH)];
        for (int i = 0; i < b.length; i++) {
            b[i] = i % WIDTH == 0 ? 1 : random.nextDouble();
        }
        return b;
    }

    private static double solve(PreparedSystem prepared, double[] b, int width) {
        double[] x = new double[b.length];
        return seconds(() -> {
            if (!prepared.solve(b, x, width, false).stream().allMatch(SolveReport::converged)) {
                throw new IllegalStateException("One of " + width + " right-hand sides did not converge.");
            }
        });
    }

    private static double seconds(Runnable work) {
        System.gc();
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) * 1e-9;
    }

    private static double median(double[] seconds) {
        return new Timings(seconds).median();
    }
}
