// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.Value;

/**
 * The compiled device against the reference device on random graphs. More of them: {@code
 * -Dsparkjno.random.graphs=1000 -Dsparkjno.random.seed=0}.
 */
class CpuDeviceTest {
    private static final int COUNT = Integer.getInteger("sparkjno.random.graphs", 60);
    private static final long FIRST = Long.getLong("sparkjno.random.seed", 0);

    /** What to compile and run on both devices, and how close the results must be. */
    record Case(RandomGraphs.Sample sample, InPlace inPlace, double tolerance) {}

    @Test
    void computesWhatTheReferenceDeviceComputes() {
        assertThat(failures(COUNT, CpuDeviceTest::anyGraph)).isEmpty();
    }

    @Test
    void computesGradientsAndUpdatesInPlace() {
        assertThat(failures(COUNT / 4, CpuDeviceTest::descent)).isEmpty();
    }

    /** Sums may be reassociated, so that {@code x - (x + x)} of an infinity is infinite or NaN. */
    @Test
    void whatIsNotFiniteStaysSo() {
        assertThat(failures(COUNT / 4, CpuDeviceTest::withSpecialNumbers)).isEmpty();
    }

    static Case anyGraph(long seed) {
        DType dtype = seed % 2 == 0 ? DType.F64 : DType.F32;
        RandomGraphs.Sample sample = RandomGraphs.any(seed, 4 + (int) (seed % 23), dtype);
        InPlace inPlace = seed % 3 == 0 ? overwrite(sample.graph(), new Random(seed)) : InPlace.NONE;
        return new Case(sample, inPlace, RandomGraphs.BOUND * (dtype == DType.F64 ? 1e-12 : 1e-5));
    }

    /** One step of gradient descent whose results overwrite the parameters. */
    static Case descent(long seed) {
        RandomGraphs.Sample sample = RandomGraphs.smooth(seed, 3 + (int) (seed % 15));
        List<Value> parameters = sample.graph().inputs();
        Value loss = sample.graph().outputs().get(0).square().sum();
        List<Value> outputs = new ArrayList<>();
        Map<Integer, Integer> inPlace = new HashMap<>();
        for (Value gradient : Derivatives.gradient(loss, parameters)) {
            inPlace.put(outputs.size(), outputs.size());
            outputs.add(parameters.get(outputs.size()).minus(gradient.times(0.1)));
        }
        outputs.add(loss);
        Graph step = Graph.of(parameters, outputs);
        return new Case(new RandomGraphs.Sample(step, sample.arguments()), new InPlace(inPlace), 1e-9);
    }

    static Case withSpecialNumbers(long seed) {
        RandomGraphs.Sample sample = RandomGraphs.floating(seed, 3 + (int) (seed % 15), DType.F64);
        double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        Random random = new Random(seed);
        List<Literal> arguments = new ArrayList<>();
        for (Literal argument : sample.arguments()) {
            double[] elements = Arrays.stream(argument.toArray())
                    .map(element -> random.nextInt(8) == 0 ? special[random.nextInt(special.length)] : element)
                    .toArray();
            arguments.add(Literal.of(argument.type(), elements));
        }
        return new Case(new RandomGraphs.Sample(sample.graph(), arguments), InPlace.NONE, 1e-11);
    }

    private static List<String> failures(int count, LongFunction<Case> cases) {
        try (CpuDevice cpu = CpuDevice.open()) {
            return failures(cpu, count, cases);
        }
    }

    /** Where a device differs from the reference device. */
    static List<String> failures(Device device, int count, LongFunction<Case> cases) {
        List<String> failures = new ArrayList<>();
        try (ReferenceDevice reference = new ReferenceDevice()) {
            for (long seed = FIRST; seed < FIRST + count; seed++) {
                String difference = difference(device, reference, cases.apply(seed));
                if (!difference.isEmpty()) {
                    failures.add("seed " + seed + ": " + difference);
                }
            }
        }
        return failures;
    }

    private static String difference(Device device, Device reference, Case it) {
        String text = " " + it.inPlace() + "\n" + it.sample().graph().print();
        try {
            List<Literal> expected = run(reference, it.sample(), it.inPlace(), 1);
            int times = it.inPlace().inputOfOutput().isEmpty() ? 2 : 1;
            List<Literal> actual = run(device, it.sample(), it.inPlace(), times);
            for (int i = 0; i < expected.size(); i++) {
                String difference = difference(actual.get(i), expected.get(i), it.tolerance());
                if (!difference.isEmpty()) {
                    return "result " + i + " " + difference + text;
                }
            }
            return "";
        } catch (RuntimeException e) {
            return e + text;
        }
    }

    /** Errors count relative to the largest number of a tensor, or absolutely below 1. */
    private static String difference(Literal actual, Literal expected, double tolerance) {
        double scale = Arrays.stream(expected.toArray())
                .map(Math::abs)
                .filter(Double::isFinite)
                .reduce(1, Math::max);
        for (int i = 0; i < expected.size(); i++) {
            boolean same = !Double.isFinite(actual.get(i)) && !Double.isFinite(expected.get(i));
            if (!same && !(Math.abs(actual.get(i) - expected.get(i)) <= tolerance * scale)) {
                return "element " + i + " is " + actual.get(i) + " instead of " + expected.get(i);
            }
        }
        return "";
    }

    /** Lets random outputs overwrite random inputs of their type. */
    private static InPlace overwrite(Graph graph, Random random) {
        Map<Integer, Integer> inputOfOutput = new HashMap<>();
        for (int output = 0; output < graph.outputs().size(); output++) {
            for (int input = 0; input < graph.inputs().size(); input++) {
                boolean fits = graph.outputs()
                        .get(output)
                        .type()
                        .equals(graph.inputs().get(input).type());
                if (fits && !inputOfOutput.containsValue(input) && random.nextInt(4) > 0) {
                    inputOfOutput.put(output, input);
                    break;
                }
            }
        }
        return new InPlace(inputOfOutput);
    }

    /** The outputs after some runs, then the inputs. */
    private static List<Literal> run(Device device, RandomGraphs.Sample sample, InPlace inPlace, int times) {
        Graph graph = sample.graph();
        List<Buffer> inputs = new ArrayList<>();
        List<Buffer> outputs = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            Buffer buffer = device.allocate(graph.inputs().get(i).type());
            buffer.write(sample.arguments().get(i));
            inputs.add(buffer);
        }
        for (int i = 0; i < graph.outputs().size(); i++) {
            Integer input = inPlace.inputOfOutput().get(i);
            outputs.add(
                    input != null
                            ? inputs.get(input)
                            : device.allocate(graph.outputs().get(i).type()));
        }
        List<Literal> results = new ArrayList<>();
        try (Executable executable = device.compile(graph, inPlace);
                Invocation invocation = executable.bind(inputs, outputs)) {
            for (int i = 0; i < times; i++) {
                invocation.run();
            }
            outputs.forEach(buffer -> results.add(buffer.read()));
            inputs.forEach(buffer -> results.add(buffer.read()));
        }
        inputs.forEach(Buffer::close);
        for (int i = 0; i < outputs.size(); i++) {
            if (!inPlace.inputOfOutput().containsKey(i)) {
                outputs.get(i).close();
            }
        }
        return results;
    }
}
