// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.optim.StateVector;

/** What a replica keeps on its device: the numbers of the model, the state of the optimiser and one batch. */
final class ReplicaMemory implements AutoCloseable {
    private final Device device;
    private final Recipe recipe;
    private final Scope owned = new Scope();
    private final Buffer parameters;
    private final Buffer buffers;
    private final Map<String, Buffer> state = new LinkedHashMap<>();
    private final HostMirror inputs;
    private final HostMirror targets;

    ReplicaMemory(Device device, Recipe recipe, StepGraphs graphs, ModelWeights weights) {
        this.device = device;
        this.recipe = recipe;
        this.parameters = allocate(weights.parameterLayout().type());
        this.buffers = allocate(weights.bufferLayout().type());
        for (StateVector vector : graphs.rule().state()) {
            state.put(vector.name(), allocate(vector.type()));
        }
        this.inputs = new HostMirror(allocate(graphs.inputs()));
        this.targets = new HostMirror(allocate(graphs.targets()));
        parameters.write(weights.parameters());
        buffers.write(weights.buffers());
    }

    /** A further tensor that lives as long as this memory. */
    Buffer allocate(TensorType type) {
        Buffer buffer = device.allocate(type);
        owned.own(buffer::close);
        return buffer;
    }

    Buffer parameters() {
        return parameters;
    }

    Buffer buffers() {
        return buffers;
    }

    List<Buffer> state() {
        return List.copyOf(state.values());
    }

    Buffer inputs() {
        return inputs.buffer;
    }

    Buffer targets() {
        return targets.buffer;
    }

    /** Puts a batch on the device. */
    void load(SampleStore samples, int[] rows) {
        samples.copy(rows, inputs.memory, targets.memory, recipe.precision());
        inputs.commit();
        targets.commit();
    }

    /** Puts the vectors of the optimiser on the device. */
    void loadState(Map<String, StoredTensor> vectors) {
        state.forEach((name, buffer) -> buffer.write(vectors.get(name).bytes()));
    }

    /** The numbers of the model as they are now. */
    ModelWeights weights() {
        ModelWeights weights = ModelWeights.allocate(recipe.model(), recipe.precision());
        parameters.read(weights.parameters());
        buffers.read(weights.buffers());
        return weights;
    }

    /** The vectors of the optimiser as they are now. */
    Map<String, StoredTensor> stateVectors() {
        Map<String, StoredTensor> vectors = new LinkedHashMap<>();
        state.forEach((name, buffer) -> {
            ByteBuffer bytes =
                    ByteBuffer.allocateDirect(Math.toIntExact(buffer.type().bytes()));
            buffer.read(bytes);
            vectors.put(name, new StoredTensor(buffer.type(), bytes));
        });
        return vectors;
    }

    @Override
    public void close() {
        owned.close();
    }
}
