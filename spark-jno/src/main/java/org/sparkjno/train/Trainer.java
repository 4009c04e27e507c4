// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkjno.checkpoint.Checkpoint;
import org.sparkjno.checkpoint.Checkpoints;
import org.sparkjno.checkpoint.EpochRecord;
import org.sparkjno.checkpoint.Position;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.checkpoint.RunState;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.optim.UpdateRule;

/**
 * The training loop of one replica. All replicas run the same steps on samples of their own; the sum of their gradients keeps
 * their weights equal to the bit. Which weights come out depends on the recipe, the samples and the number of replicas, and
 * not on how often the run was interrupted.
 */
public final class Trainer {
    private final Recipe recipe;
    private final Cadence cadence;
    private final Device device;
    private final Collective world;
    private final List<Callback> callbacks;

    /**
     * A replica.
     *
     * @param recipe what to do
     * @param cadence how long, and when to save
     * @param device where to compute
     * @param world the other replicas
     * @param callbacks who watches this replica
     */
    public Trainer(Recipe recipe, Cadence cadence, Device device, Collective world, List<Callback> callbacks) {
        this.recipe = recipe;
        this.cadence = cadence;
        this.device = device;
        this.world = world;
        this.callbacks = List.copyOf(callbacks);
    }

    /**
     * Trains without checkpoints.
     *
     * @param first weights to begin with, the same on all replicas
     * @param training samples of this replica
     * @param heldOut samples of this replica for evaluation; may be empty
     */
    public Outcome train(ModelWeights first, SampleStore training, SampleStore heldOut) {
        try (Session session = new Session(first, training, heldOut, null)) {
            return session.run();
        } catch (IOException e) {
            throw new IllegalStateException("A run without checkpoints did read or write one.", e);
        }
    }

    /**
     * Trains with checkpoints, see {@link #train(ModelWeights, SampleStore, SampleStore)}.
     *
     * @param checkpoints read and written by rank 0 alone
     * @param resume whether to go on from the newest checkpoint if there is one; if not, there must be none
     * @throws org.sparkjno.checkpoint.CheckpointException when the checkpoint is corrupt or of another run
     * @throws DivergenceException when a loss, a weight or an error is NaN or infinite
     */
    public Outcome train(
            ModelWeights first, SampleStore training, SampleStore heldOut, Checkpoints checkpoints, boolean resume)
            throws IOException {
        Optional<Checkpoint> found = new CheckpointExchange(world, recipe).find(checkpoints, resume);
        ModelWeights weights = found.map(Checkpoint::weights).orElse(first);
        try (Session session = new Session(weights, training, heldOut, checkpoints)) {
            found.ifPresent(session::restore);
            return session.run();
        }
    }

    /**
     * What training came to.
     *
     * @param run the run at its end
     * @param weights the last weights
     */
    public record Outcome(RunState run, ModelWeights weights) {}

    /** One run with its memory and compiled functions. */
    private final class Session implements AutoCloseable {
        private final Scope scope = new Scope();
        private final SampleStore training;
        private final SampleStore heldOut;
        private final Checkpoints checkpoints;
        private final ReplicaMemory memory;
        private final UpdateRule rule;
        private final TrainingStep step;
        private final Evaluation evaluation;
        private final int stepsPerEpoch;
        private RunState run = RunState.begin(recipe, world.size());
        private String lastCheckpoint;
        private long epochStart = System.nanoTime();

        Session(ModelWeights weights, SampleStore training, SampleStore heldOut, Checkpoints checkpoints) {
            this.training = training;
            this.heldOut = heldOut;
            this.checkpoints = checkpoints;
            this.stepsPerEpoch = stepsPerEpoch();
            StepGraphs graphs = new StepGraphs(recipe, training.inputShape(), training.targetShape());
            this.rule = graphs.rule();
            this.memory = new ReplicaMemory(device, recipe, graphs, weights);
            scope.own(memory::close);
            try {
                this.step = new TrainingStep(device, graphs, memory, world);
                scope.own(step::close);
                this.evaluation = Evaluation.of(device, recipe, graphs, memory);
                scope.own(evaluation::close);
            } catch (RuntimeException e) {
                scope.close();
                throw e;
            }
        }

        /** The same on all replicas: what the one with the fewest samples can do. The rest of an epoch is dropped. */
        private int stepsPerEpoch() {
            byte[] own =
                    ByteBuffer.allocate(Integer.BYTES).putInt(training.size()).array();
            int fewest = world.allGather(own).stream()
                    .mapToInt(count -> ByteBuffer.wrap(count).getInt())
                    .min()
                    .orElseThrow();
            if (fewest < recipe.batch()) {
                throw new IllegalArgumentException(
                        "A replica has " + fewest + " training samples, fewer than a batch of " + recipe.batch()
                                + "; use more samples, a smaller batch or fewer replicas.");
            }
            return fewest / recipe.batch();
        }

        void restore(Checkpoint checkpoint) {
            run = checkpoint.run();
            lastCheckpoint = checkpoints.place(run.position().step()).toString();
            memory.loadState(checkpoint.optimiser());
        }

        Outcome run() throws IOException {
            int samplesPerStep = recipe.batch() * world.size();
            Callback.Start start = new Callback.Start(
                    memory.parameters().type().shape().dim(0),
                    cadence.epochs(),
                    stepsPerEpoch,
                    run.position().step(),
                    samplesPerStep);
            callbacks.forEach(callback -> callback.onStart(start));
            while (run.position().epoch() < cadence.epochs()) {
                epochStart = System.nanoTime();
                runEpoch(samplesPerStep);
                completeEpoch();
            }
            return new Outcome(run, memory.weights());
        }

        private void runEpoch(int samplesPerStep) throws IOException {
            int epoch = run.position().epoch();
            int[] order = VirtualShards.order(training, recipe.seed(), epoch);
            while (run.position().stepOfEpoch() < stepsPerEpoch) {
                Position position = run.position();
                int from = position.stepOfEpoch() * recipe.batch();
                memory.load(training, Arrays.copyOfRange(order, from, from + recipe.batch()));
                double rate = recipe.schedule().rate(position.step());
                double[] settings = rule.settings(position.step() + 1, rate);
                double loss = step.run(settings) / samplesPerStep;
                requireFinite("The loss is " + loss, loss);
                run = run.at(position.afterStep(loss));
                long done = run.position().step();
                callbacks.forEach(callback -> callback.onStep(new Callback.Step(epoch + 1, done, loss, rate)));
                if (cadence.savesAfterStep(done) && run.position().stepOfEpoch() < stepsPerEpoch) {
                    save();
                }
            }
        }

        private void completeEpoch() throws IOException {
            Position position = run.position();
            double error = evaluation.meanError(heldOut, world);
            EpochRecord epoch = new EpochRecord(
                    position.epoch() + 1,
                    position.step(),
                    position.epochLoss() / stepsPerEpoch,
                    error,
                    recipe.schedule().rate(position.step() - 1),
                    (System.nanoTime() - epochStart) * 1e-9);
            run = run.completed(epoch);
            callbacks.forEach(callback -> callback.onEpoch(epoch));
            if (cadence.savesAfterEpoch(run.position().epoch())
                    || cadence.savesAfterStep(run.position().step())) {
                save();
            }
        }

        /** Rank 0 alone writes; the others wait for it in their next collective call. */
        private void save() throws IOException {
            if (checkpoints == null) {
                return;
            }
            String where = checkpoints.place(run.position().step()).toString();
            if (world.rank() == 0) {
                write(where);
            }
            lastCheckpoint = where;
        }

        private void write(String where) throws IOException {
            ModelWeights weights = memory.weights();
            Optional<String> broken = weights.firstNotFinite();
            if (broken.isPresent()) {
                throw divergence("The weights '" + broken.get() + "' are not finite");
            }
            checkpoints.write(new Checkpoint(run, weights, memory.stateVectors()));
            callbacks.forEach(callback -> callback.onCheckpoint(where));
        }

        private void requireFinite(String what, double value) {
            if (!Double.isFinite(value)) {
                throw divergence(what);
            }
        }

        private DivergenceException divergence(String what) {
            long number = run.position().step() + 1;
            return new DivergenceException(what, number, recipe.schedule().rate(number - 1), lastCheckpoint);
        }

        @Override
        public void close() {
            scope.close();
        }
    }
}
