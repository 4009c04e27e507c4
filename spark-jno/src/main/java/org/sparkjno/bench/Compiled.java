// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.Graph;

/** A compiled graph with its memory, ready to be repeated. */
final class Compiled implements Contestant {
    private final String name;
    private final Executable executable;
    private final List<Buffer> buffers;
    private final Invocation invocation;
    private final double compileSeconds;

    /**
     * Compiles a graph and fills its inputs with reproducible numbers.
     *
     * @param name for people
     * @param device where it runs
     * @param graph the work
     * @param inPlace outputs that overwrite inputs
     * @param content fills an input by its position
     */
    Compiled(String name, Device device, Graph graph, InPlace inPlace, Content content) {
        this.name = name;
        long start = System.nanoTime();
        this.executable = device.compile(graph, inPlace);
        this.compileSeconds = (System.nanoTime() - start) * 1e-9;
        List<Buffer> inputs = graph.inputs().stream()
                .map(input -> device.allocate(input.type()))
                .toList();
        for (int i = 0; i < inputs.size(); i++) {
            content.fill(i, inputs.get(i));
        }
        List<Buffer> outputs = IntStream.range(0, graph.outputs().size())
                .mapToObj(i -> inPlace.inputOfOutput().containsKey(i)
                        ? inputs.get(inPlace.inputOfOutput().get(i))
                        : device.allocate(graph.outputs().get(i).type()))
                .toList();
        this.buffers =
                Stream.concat(inputs.stream(), outputs.stream()).distinct().toList();
        this.invocation = executable.bind(inputs, outputs);
    }

    /** Fills one input. */
    interface Content {
        void fill(int position, Buffer buffer);
    }

    double compileSeconds() {
        return compileSeconds;
    }

    String explain() {
        return executable.explain();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] repeat(int times) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            invocation.run();
            millis[i] = (System.nanoTime() - start) * 1e-6;
        }
        return millis;
    }

    @Override
    public void close() {
        invocation.close();
        buffers.forEach(Buffer::close);
        executable.close();
    }
}
