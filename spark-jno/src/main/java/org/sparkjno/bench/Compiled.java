// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;

/** The work as this library does it: compiled, with its memory, ready to be repeated. */
final class Compiled implements Contestant {
    static final String NAME = "spark-jno";

    private final Work work;
    private final Executable executable;
    private final List<Buffer> inputs;
    private final List<Buffer> outputs;
    private final Invocation invocation;
    private final double readySeconds;
    private long repetitions;

    Compiled(Device device, Work work) {
        this.work = work;
        long start = System.nanoTime();
        this.executable = device.compile(work.graph(), work.inPlace());
        this.readySeconds = (System.nanoTime() - start) * 1e-9;
        this.inputs =
                work.arguments().stream().map(tensor -> copy(device, tensor)).toList();
        Map<Integer, Integer> inPlace = work.inPlace().inputOfOutput();
        this.outputs = IntStream.range(0, work.graph().outputs().size())
                .mapToObj(i -> inPlace.containsKey(i)
                        ? inputs.get(inPlace.get(i))
                        : device.allocate(work.graph().outputs().get(i).type()))
                .toList();
        this.invocation = executable.bind(inputs, outputs);
    }

    private static Buffer copy(Device device, StoredTensor tensor) {
        Buffer buffer = device.allocate(tensor.type());
        buffer.write(tensor.bytes());
        return buffer;
    }

    Executable executable() {
        return executable;
    }

    /** Seconds until the work was ready, by the compiler or from the cache. */
    double readySeconds() {
        return readySeconds;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] observe(int times) {
        double[] observed = new double[times];
        Buffer last = outputs.get(outputs.size() - 1);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(last.type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < times; i++) {
            step();
            last.read(bytes);
            observed[i] = Numbers.rootMeanSquare(last.type(), bytes);
        }
        return observed;
    }

    @Override
    public double[] repeat(int times) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            step();
            millis[i] = (System.nanoTime() - start) * 1e-6;
        }
        return millis;
    }

    private void step() {
        double[] settings = work.settings(++repetitions);
        if (settings.length > 0) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(settings.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (double setting : settings) {
                bytes.putFloat((float) setting);
            }
            inputs.get(inputs.size() - 1).write(bytes.flip());
        }
        invocation.run();
    }

    @Override
    public void close() {
        invocation.close();
        Stream.concat(inputs.stream(), outputs.stream()).distinct().forEach(Buffer::close);
        executable.close();
    }
}
