// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Prints how long {@code tanh(a x + b) c + sin x} takes beside a copy of x, on one thread; run by hand. No test: figures
 * depend on the machine.
 */
final class ElementwiseBenchmark {
    private static final int REPETITIONS = 21;

    private ElementwiseBenchmark() {}

    public static void main(String[] args) {
        for (int size : List.of(1 << 12, 1 << 20, 1 << 24)) {
            TensorType type = new TensorType(DType.F32, Shape.of(size));
            Value x = Value.input("x", type);
            Value mixed = x.times(1.3).plus(0.2).tanh().times(0.7).plus(x.apply(Primitive.SIN));
            try (CpuDevice device = CpuDevice.open();
                    Executable copy = device.compile(Graph.of(List.of(x), List.of(x)));
                    Executable kernel = device.compile(Graph.of(List.of(x), List.of(mixed)));
                    Buffer source = device.allocate(type);
                    Buffer target = device.allocate(type);
                    Invocation copying = copy.bind(List.of(source), List.of(target));
                    Invocation computing = kernel.bind(List.of(source), List.of(target))) {
                source.write(Literal.of(
                        type, new SplittableRandom(1).doubles(size, -4, 4).toArray()));
                int times = Math.max(1, (1 << 22) / size);
                double[] copied = new double[REPETITIONS];
                double[] computed = new double[REPETITIONS];
                double[] ratio = new double[REPETITIONS];
                for (int i = -2; i < REPETITIONS; i++) {
                    double first = micros(copying, times);
                    double second = micros(computing, times);
                    if (i >= 0) {
                        copied[i] = first;
                        computed[i] = second;
                        ratio[i] = first / second;
                    }
                }
                List.of(copied, computed, ratio).forEach(Arrays::sort);
                System.out.printf(
                        "%8d floats, %d pairs: copy %9.1f us (least %9.1f), kernel %9.1f us (least %9.1f), copy / kernel"
                                + " %.3f (quartiles %.3f, %.3f)%n",
                        size,
                        REPETITIONS,
                        copied[REPETITIONS / 2],
                        copied[0],
                        computed[REPETITIONS / 2],
                        computed[0],
                        ratio[REPETITIONS / 2],
                        ratio[REPETITIONS / 4],
                        ratio[3 * REPETITIONS / 4]);
            }
        }
    }

    private static double micros(Invocation invocation, int times) {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            invocation.run();
        }
        return (System.nanoTime() - start) / 1e3 / times;
    }
}
