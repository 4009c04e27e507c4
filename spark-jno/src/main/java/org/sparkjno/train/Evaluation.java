// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Reduction;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.nn.ModelWeights;

/** The compiled forward pass: errors and predictions of a model for samples of one shape. */
public final class Evaluation implements AutoCloseable {
    private final Device device;
    private final Recipe recipe;
    private final StepGraphs graphs;
    private final ReplicaMemory memory;
    private final Scope scope = new Scope();
    private final HostMirror errors;
    private final Invocation errorsOfBatch;

    private Evaluation(Device device, Recipe recipe, StepGraphs graphs, ReplicaMemory memory) {
        this.device = device;
        this.recipe = recipe;
        this.graphs = graphs;
        this.memory = memory;
        this.errors = new HostMirror(memory.allocate(new TensorType(recipe.precision(), Shape.of(recipe.batch()))));
        Executable executable = device.compile(graphs.errors());
        scope.own(executable::close);
        this.errorsOfBatch = executable.bind(
                List.of(memory.parameters(), memory.buffers(), memory.inputs(), memory.targets()),
                List.of(errors.buffer));
        scope.own(errorsOfBatch::close);
    }

    /** The forward pass with the numbers in a replica's memory, as they are at each call. */
    static Evaluation of(Device device, Recipe recipe, StepGraphs graphs, ReplicaMemory memory) {
        return new Evaluation(device, recipe, graphs, memory);
    }

    /**
     * The forward pass of a trained model.
     *
     * @param input shape of one input, on any grid that the model takes
     * @param target shape of one target
     */
    public static Evaluation open(Device device, Recipe recipe, ModelWeights weights, Shape input, Shape target) {
        StepGraphs graphs = new StepGraphs(recipe, input, target);
        ReplicaMemory memory = new ReplicaMemory(device, recipe, graphs, weights);
        try {
            Evaluation evaluation = new Evaluation(device, recipe, graphs, memory);
            evaluation.scope.own(memory::close);
            return evaluation;
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /** The relative L2 error of each sample, in the order of the store. */
    public double[] errors(SampleStore samples) {
        double[] result = new double[samples.size()];
        inBatches(samples, (rows, count) -> {
            errorsOfBatch.run();
            errors.fetch();
            for (int i = 0; i < count; i++) {
                result[rows[0] + i] = TrainingStep.get(errors.memory, recipe.precision(), i);
            }
        });
        return result;
    }

    /** The mean error of the samples of all replicas together; NaN when there are none. */
    double meanError(SampleStore samples, Collective world) {
        DoubleBuffer sums =
                DoubleBuffer.wrap(new double[] {Arrays.stream(errors(samples)).sum(), samples.size()});
        world.allReduce(sums, Reduction.SUM);
        return sums.get(0) / sums.get(1);
    }

    /** The predictions for each sample, row-major, in the order of the store. */
    public float[][] predictions(SampleStore samples) {
        float[][] result = new float[samples.size()][];
        int size = Math.toIntExact(samples.targetShape().size());
        Buffer buffer = device.allocate(graphs.targets());
        try (Executable executable = device.compile(graphs.prediction());
                Invocation predict = executable.bind(
                        List.of(memory.parameters(), memory.buffers(), memory.inputs()), List.of(buffer))) {
            HostMirror predictions = new HostMirror(buffer);
            inBatches(samples, (rows, count) -> {
                predict.run();
                predictions.fetch();
                for (int i = 0; i < count; i++) {
                    result[rows[0] + i] = floats(predictions, i * size, size);
                }
            });
        } finally {
            buffer.close();
        }
        return result;
    }

    private float[] floats(HostMirror mirror, int start, int count) {
        float[] values = new float[count];
        DType precision = recipe.precision();
        for (int i = 0; i < count; i++) {
            values[i] = (float) TrainingStep.get(mirror.memory, precision, start + i);
        }
        return values;
    }

    /** What to do with a loaded batch. */
    @FunctionalInterface
    private interface BatchAction {
        void accept(int[] rows, int count);
    }

    /** The last batch is filled up with its last sample, because a compiled function has one batch size. */
    private void inBatches(SampleStore samples, BatchAction action) {
        int batch = recipe.batch();
        for (int start = 0; start < samples.size(); start += batch) {
            int count = Math.min(batch, samples.size() - start);
            int[] rows = new int[batch];
            for (int i = 0; i < batch; i++) {
                rows[i] = start + Math.min(i, count - 1);
            }
            memory.load(samples, rows);
            action.accept(rows, count);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
