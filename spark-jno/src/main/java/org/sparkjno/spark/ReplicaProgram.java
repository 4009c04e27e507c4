// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkjno.checkpoint.CheckpointException;
import org.sparkjno.checkpoint.Checkpoints;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.checkpoint.RunJson;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CacheException;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.cpu.NoCompilerException;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.train.Cadence;
import org.sparkjno.train.Callback;
import org.sparkjno.train.DivergenceException;
import org.sparkjno.train.SampleStore;
import org.sparkjno.train.Trainer;
import org.sparkjno.train.TrainingPair;

/**
 * What each task of a training stage does.
 *
 * @param recipe what decides the weights
 * @param statistics of the dataset, for the model's buffers
 * @param cadence how long, and when to save
 * @param checkpoints directory of the checkpoints
 * @param resume whether to go on from the newest checkpoint
 * @param shape of inputs and targets
 */
record ReplicaProgram(
        Recipe recipe, Statistics statistics, Cadence cadence, String checkpoints, boolean resume, Shape shape)
        implements TaskProgram<Example, byte[]> {
    private static final long serialVersionUID = 1L;
    private static final int KEPT_CHECKPOINTS = 3;

    /** The same program after a failure. */
    ReplicaProgram resuming() {
        return new ReplicaProgram(recipe, statistics, cadence, checkpoints, true, shape);
    }

    /** Trains, and answers with the final state as JSON on rank 0 and nothing on the others. */
    @Override
    public byte[] run(TaskSeat seat, Iterator<Example> rows) throws IOException {
        List<TrainingPair> training = new ArrayList<>();
        List<TrainingPair> heldOut = new ArrayList<>();
        rows.forEachRemaining(example -> (example.heldOut() ? heldOut : training).add(example.pair()));
        ModelWeights first = ModelWeights.initialise(recipe.model(), recipe.precision(), recipe.seed());
        statistics.assignTo(first);
        try (Device device = CpuDevice.open()) {
            Trainer trainer =
                    new Trainer(recipe, cadence, device, seat.collective(), List.of(new Reports(seat.progress())));
            Trainer.Outcome outcome = trainer.train(
                    first,
                    SampleStore.of(shape, shape, training.iterator()),
                    SampleStore.of(shape, shape, heldOut.iterator()),
                    openCheckpoints(),
                    resume);
            return seat.rank() == 0 ? RunJson.write(outcome.run()) : new byte[0];
        } catch (DivergenceException | CheckpointException | CacheException | NoCompilerException e) {
            throw new FatalRunException(e.getMessage(), e);
        }
    }

    private Checkpoints openCheckpoints() throws IOException {
        Configuration hadoop =
                SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
        Path directory = new Path(checkpoints);
        return new Checkpoints(directory.getFileSystem(hadoop), directory, KEPT_CHECKPOINTS);
    }

    /** Passes a replica's steps on to the driver. */
    private static final class Reports implements Callback {
        private final ProgressReporter reporter;
        private int samplesPerStep;

        Reports(ProgressReporter reporter) {
            this.reporter = reporter;
        }

        @Override
        public void onStart(Start start) {
            samplesPerStep = start.samplesPerStep();
            reporter.report(start.stepsDone(), Double.NaN, start.stepsDone() * samplesPerStep);
        }

        @Override
        public void onStep(Step step) {
            reporter.report(step.step(), step.loss(), step.step() * samplesPerStep);
        }
    }
}
