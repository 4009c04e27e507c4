// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

/**
 * The compiled device against the reference device on random graphs. More of them: {@code
 * -Dsparkjno.random.graphs=1000 -Dsparkjno.random.seed=0}.
 */
class CpuDeviceTest {
    private static final int COUNT = Integer.getInteger("sparkjno.random.graphs", 60);
    private static final long FIRST = Long.getLong("sparkjno.random.seed", 0);

    @Test
    void computesWhatTheReferenceDeviceComputes() {
        List<String> failures = new ArrayList<>();
        try (CpuDevice cpu = CpuDevice.open();
                ReferenceDevice reference = new ReferenceDevice()) {
            for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
                String difference = difference(cpu, reference, seed);
                if (!difference.isEmpty()) {
                    failures.add("seed " + seed + ": " + difference);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static String difference(Device device, Device reference, long seed) {
        DType dtype = seed % 2 == 0 ? DType.F64 : DType.F32;
        RandomGraphs.Sample sample = RandomGraphs.any(seed, 4 + (int) (seed % 23), dtype);
        InPlace inPlace = seed % 3 == 0 ? overwrite(sample.graph(), new Random(seed)) : InPlace.NONE;
        try {
            List<Literal> expected = run(reference, sample, inPlace, 1);
            List<Literal> actual = run(device, sample, inPlace, inPlace.equals(InPlace.NONE) ? 2 : 1);
            for (int i = 0; i < expected.size(); i++) {
                String difference = difference(actual.get(i), expected.get(i), dtype == DType.F64 ? 1e-12 : 1e-5);
                if (!difference.isEmpty()) {
                    return "result " + i + " " + difference + " " + inPlace + "\n"
                            + sample.graph().print();
                }
            }
            return "";
        } catch (RuntimeException e) {
            StackTraceElement[] trace = e.getStackTrace();
            return e + (trace.length > 0 ? " at " + trace[0] : "") + " " + inPlace + "\n"
                    + sample.graph().print();
        }
    }

    private static String difference(Literal actual, Literal expected, double tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            double error = Math.abs(actual.get(i) - expected.get(i));
            if (!(error <= tolerance * RandomGraphs.BOUND)) {
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
