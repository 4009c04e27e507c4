// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;

/**
 * One compiled training step on the batch in a replica's memory, whose parameters and optimiser state it overwrites: loss,
 * gradient, their sum over the replicas, update.
 */
final class TrainingStep implements AutoCloseable {
    private final Scope scope = new Scope();
    private final DType precision;
    private final HostMirror settings;
    private final HostMirror loss;
    private final Invocation invocation;

    /** Compiles the step of one replica among those of a world. */
    TrainingStep(Device device, StepGraphs graphs, ReplicaMemory memory, Collective world) {
        this.precision = graphs.settings().dtype();
        this.settings = new HostMirror(memory.allocate(graphs.settings()));
        this.loss = new HostMirror(memory.allocate(new TensorType(precision, Shape.SCALAR)));
        List<Buffer> updated = new ArrayList<>(List.of(memory.parameters()));
        updated.addAll(memory.state());
        Map<Integer, Integer> inPlace = new HashMap<>();
        for (int i = 0; i < updated.size(); i++) {
            inPlace.put(i, i);
        }
        List<Buffer> inputs = new ArrayList<>(updated);
        inputs.addAll(List.of(memory.buffers(), memory.inputs(), memory.targets(), settings.buffer));
        List<Buffer> outputs = new ArrayList<>(updated);
        outputs.add(loss.buffer);
        Executable executable = device.in(world).compile(graphs.wholeStep(world.size()), new InPlace(inPlace));
        scope.own(executable::close);
        this.invocation = executable.bind(inputs, outputs);
        scope.own(invocation::close);
    }

    /**
     * Runs the step.
     *
     * @param values settings of the optimiser
     * @return sum of the losses of all samples in the batches of all replicas, before the update
     */
    double run(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (precision == DType.F64) {
                settings.memory.putDouble(i * Double.BYTES, values[i]);
            } else {
                settings.memory.putFloat(i * Float.BYTES, (float) values[i]);
            }
        }
        settings.commit();
        invocation.run();
        loss.fetch();
        return get(loss.memory, precision, 0);
    }

    static double get(ByteBuffer memory, DType precision, int index) {
        return precision == DType.F64 ? memory.getDouble(index * Double.BYTES) : memory.getFloat(index * Float.BYTES);
    }

    @Override
    public void close() {
        scope.close();
    }
}
