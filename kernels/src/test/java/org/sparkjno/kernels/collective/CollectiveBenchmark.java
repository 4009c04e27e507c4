// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Prints how long an all-reduce takes; run by hand. No test: figures depend on the machine. */
final class CollectiveBenchmark {
    private CollectiveBenchmark() {}

    public static void main(String[] args) {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        for (Crowd.Medium medium : Crowd.Medium.values()) {
            try (Crowd crowd = new Crowd(medium, size, Crowd.PATIENT)) {
                for (int bytes : List.of(4, 1 << 20, 10 << 20, 40 << 20)) {
                    double[] millis = crowd.all(world -> measure(world, bytes)).get(0);
                    System.out.printf(
                            "%-8s %d ranks %9d B  median %8.3f ms  min %8.3f ms  max %8.3f ms  (%d calls)%n",
                            medium,
                            size,
                            bytes,
                            millis[millis.length / 2],
                            millis[0],
                            millis[millis.length - 1],
                            millis.length);
                }
            }
        }
    }

    /** Sorted milliseconds. */
    private static double[] measure(Collective world, int bytes) {
        FloatBuffer values =
                ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
        int repetitions = bytes < 1000 ? 5000 : bytes < 5_000_000 ? 300 : 40;
        double[] millis = new double[repetitions];
        for (int i = -repetitions / 2; i < repetitions; i++) {
            world.barrier();
            long start = System.nanoTime();
            world.allReduce(values, Reduction.SUM);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis;
    }
}
