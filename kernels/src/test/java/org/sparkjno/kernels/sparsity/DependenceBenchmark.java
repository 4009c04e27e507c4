// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.derive.Jacobian;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Prints how much processor time patterns and colourings of stencils take: a program run by hand. */
final class DependenceBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DependenceBenchmark() {}

    public static void main(String[] arguments) {
        Value k = Value.input("k", TensorType.f64(256, 256));
        measure(
                "5 points, rolled",
                TensorType.f64(256, 256),
                x -> x.times(4)
                        .minus(x.roll(1, 0))
                        .minus(x.roll(-1, 0))
                        .minus(x.roll(1, 1))
                        .minus(x.roll(-1, 1)));
        measure("5 points, padded, with a coefficient", TensorType.f64(256, 256), x -> {
            Value wide = x.times(k).pad(0, 1, 1).pad(1, 1, 1);
            Value inner = wide.slice(0, 1, 257);
            Value column = wide.slice(1, 1, 257);
            return x.times(4)
                    .minus(inner.slice(1, 0, 256))
                    .minus(inner.slice(1, 2, 258))
                    .minus(column.slice(0, 0, 256))
                    .minus(column.slice(0, 2, 258));
        });
        measure(
                "7 points",
                TensorType.f64(64, 64, 64),
                x -> x.times(6)
                        .minus(x.roll(1, 0))
                        .minus(x.roll(-1, 0))
                        .minus(x.roll(1, 1))
                        .minus(x.roll(-1, 1))
                        .minus(x.roll(1, 2))
                        .minus(x.roll(-1, 2)));
        measure(
                "5 points, 4 steps in a loop",
                TensorType.f64(128, 128),
                x -> Recurrence.scan(
                                4,
                                List.of(x),
                                List.of(),
                                (c, s) -> new Recurrence.Step(
                                        List.of(c.get(0)
                                                .plus(c.get(0).roll(1, 0))
                                                .plus(c.get(0).roll(1, 1))),
                                        List.of()))
                        .carries()
                        .get(0));
        measure("with a mean", TensorType.f64(64, 64), x -> x.minus(x.mean(1).broadcast(x.shape(), List.of(0))));
    }

    private static void measure(String name, TensorType type, UnaryOperator<Value> operator) {
        Value x = Value.input("x", type);
        Value y = operator.apply(x);
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double first = 0;
        String result = "";
        for (int i = 0; i < 5; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            SparsityPattern pattern = Jacobian.pattern(y, x);
            long found = THREADS.getCurrentThreadCpuTime();
            Compression columns = Compression.ofColumns(pattern);
            long coloured = THREADS.getCurrentThreadCpuTime();
            int stars = pattern.isSymmetric() ? Compression.ofSymmetric(pattern).colours() : 0;
            best[0] = Math.min(best[0], (found - start) * 1e-9);
            first = i == 0 ? best[0] : first;
            best[1] = Math.min(best[1], (coloured - found) * 1e-9);
            best[2] = Math.min(best[2], (THREADS.getCurrentThreadCpuTime() - coloured) * 1e-9);
            result = pattern + ", " + columns.colours() + " colours, " + stars + " stars";
        }
        System.out.printf(
                "%s: first %.3f s, best %.3f s, colours %.3f s, stars %.3f s; %s%n",
                name, first, best[0], best[1], best[2], result);
    }
}
