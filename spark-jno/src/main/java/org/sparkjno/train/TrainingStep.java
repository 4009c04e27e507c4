// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Reduction;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;

/** One compiled training step on the batch in a replica's memory, whose parameters and optimiser state it overwrites. */
abstract sealed class TrainingStep implements AutoCloseable {
    private final Device device;
    private final Scope scope = new Scope();
    private final DType precision;
    private final HostMirror settings;

    private TrainingStep(Device device, StepGraphs graphs, ReplicaMemory memory) {
        this.device = device;
        this.precision = graphs.settings().dtype();
        this.settings = new HostMirror(memory.allocate(graphs.settings()));
    }

    /** Compiles the step: one function where a replica is alone, two around the all-reduce where it is not. */
    static TrainingStep compile(Device device, StepGraphs graphs, ReplicaMemory memory, Collective world) {
        return world.size() == 1 ? new Alone(device, graphs, memory) : new Together(device, graphs, memory, world);
    }

    /**
     * Runs the step.
     *
     * @param values settings of the optimiser
     * @return sum of the losses of all samples in the batches of all replicas, before the update
     */
    final double run(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (precision == DType.F64) {
                settings.memory.putDouble(i * Double.BYTES, values[i]);
            } else {
                settings.memory.putFloat(i * Float.BYTES, (float) values[i]);
            }
        }
        settings.commit();
        return step();
    }

    abstract double step();

    final Buffer settings() {
        return settings.buffer;
    }

    /** Compiles and binds a function. */
    final Invocation bind(StepFunction function, List<Buffer> inputs, List<Buffer> outputs) {
        Executable executable = device.compile(function.graph(), function.inPlace());
        scope.own(executable::close);
        Invocation invocation = executable.bind(inputs, outputs);
        scope.own(invocation::close);
        return invocation;
    }

    static double get(ByteBuffer memory, DType precision, int index) {
        return precision == DType.F64 ? memory.getDouble(index * Double.BYTES) : memory.getFloat(index * Float.BYTES);
    }

    @Override
    public final void close() {
        scope.close();
    }

    /** Loss, gradient and update in one native call. */
    private static final class Alone extends TrainingStep {
        private final Invocation whole;
        private final HostMirror loss;

        Alone(Device device, StepGraphs graphs, ReplicaMemory memory) {
            super(device, graphs, memory);
            this.loss = new HostMirror(
                    memory.allocate(new TensorType(graphs.settings().dtype(), Shape.SCALAR)));
            List<Buffer> updated = new ArrayList<>(List.of(memory.parameters()));
            updated.addAll(memory.state());
            List<Buffer> inputs = new ArrayList<>(updated);
            inputs.addAll(List.of(memory.buffers(), memory.inputs(), memory.targets(), settings()));
            List<Buffer> outputs = new ArrayList<>(updated);
            outputs.add(loss.buffer);
            this.whole = bind(graphs.wholeStep(), inputs, outputs);
        }

        @Override
        double step() {
            whole.run();
            loss.fetch();
            return get(loss.memory, loss.buffer.type().dtype(), 0);
        }
    }

    /** Gradient and loss, their sum over the replicas, update. */
    private static final class Together extends TrainingStep {
        private final Collective world;
        private final Invocation gradient;
        private final Invocation update;
        private final HostMirror sums;
        private final int lossIndex;

        Together(Device device, StepGraphs graphs, ReplicaMemory memory, Collective world) {
            super(device, graphs, memory);
            this.world = world;
            this.lossIndex = graphs.parameterLayout().size();
            this.sums = new HostMirror(memory.allocate(graphs.gradientAndLoss()));
            this.gradient = bind(
                    graphs.gradient(),
                    List.of(memory.parameters(), memory.buffers(), memory.inputs(), memory.targets()),
                    List.of(sums.buffer));
            List<Buffer> updated = new ArrayList<>(List.of(memory.parameters()));
            updated.addAll(memory.state());
            List<Buffer> inputs = new ArrayList<>(updated);
            inputs.addAll(List.of(sums.buffer, settings()));
            this.update = bind(graphs.update(), inputs, updated);
        }

        @Override
        double step() {
            gradient.run();
            sums.fetch();
            ByteBuffer memory = sums.memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            DType precision = sums.buffer.type().dtype();
            if (precision == DType.F64) {
                world.allReduce(memory.asDoubleBuffer(), Reduction.SUM);
            } else {
                world.allReduce(memory.asFloatBuffer(), Reduction.SUM);
            }
            sums.commit();
            update.run();
            return get(sums.memory, precision, lossIndex);
        }
    }
}
