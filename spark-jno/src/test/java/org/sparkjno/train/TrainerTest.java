// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.checkpoint.CheckpointException;
import org.sparkjno.checkpoint.Checkpoints;
import org.sparkjno.checkpoint.EpochRecord;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.nn.ModelWeights;

class TrainerTest {
    private static final Recipe RECIPE = Tiny.recipe(4, 0.01);

    @TempDir
    private Path directory;

    private static Trainer.Outcome train(
            Recipe recipe,
            Cadence cadence,
            Collective world,
            Checkpoints checkpoints,
            boolean resume,
            Callback... callbacks)
            throws IOException {
        try (Device device = CpuDevice.open()) {
            Trainer trainer = new Trainer(recipe, cadence, device, world, List.of(callbacks));
            SampleStore training = Tiny.samples(0, 26, world.rank(), world.size());
            SampleStore heldOut = Tiny.samples(26, 36, world.rank(), world.size());
            ModelWeights first = Tiny.weights(recipe);
            return checkpoints == null
                    ? trainer.train(first, training, heldOut)
                    : trainer.train(first, training, heldOut, checkpoints, resume);
        }
    }

    private Checkpoints checkpoints(String name) throws IOException {
        FileSystem files = new LocalFileSystem();
        files.initialize(directory.toUri(), new Configuration(false));
        return new Checkpoints(
                files, new org.apache.hadoop.fs.Path(directory.resolve(name).toUri()), 3);
    }

    @Test
    void learns() throws Exception {
        Trainer.Outcome outcome = train(RECIPE, Cadence.epochs(15), new Alone(), null, false);
        assertThat(outcome.run().history()).hasSize(15);
        assertThat(outcome.run().history().get(14).loss())
                .isLessThan(0.4 * outcome.run().history().get(0).loss());
        assertThat(outcome.run().history().get(14).error()).isLessThan(0.3);
        assertThat(outcome.run().position().step()).isEqualTo(15 * 6);
        assertThat(outcome.weights().named().get("output.deviation").bytes().getFloat(0))
                .isEqualTo(0.7f);
    }

    @Test
    void twoReplicasTakeTheStepsOfOneWithTheirSamples() throws Exception {
        Recipe half = Tiny.recipe(13, 0.01);
        List<Trainer.Outcome> two = World.of(2, world -> train(half, Cadence.epochs(2), world, null, false));
        Trainer.Outcome one = train(Tiny.recipe(26, 0.01), Cadence.epochs(2), new Alone(), null, false);
        assertThat(two.get(0).weights().named()).isEqualTo(two.get(1).weights().named());
        assertThat(two.get(0).run().history().get(1).error())
                .isEqualTo(two.get(1).run().history().get(1).error())
                .isCloseTo(one.run().history().get(1).error(), within(1e-4));
        ByteBuffer alone = one.weights().parameters();
        ByteBuffer together = two.get(0).weights().parameters();
        for (int i = 0; i < alone.capacity(); i += Float.BYTES) {
            assertThat(together.getFloat(i)).isCloseTo(alone.getFloat(i), within(1e-3f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aResumedRunEndsWithTheSameBits(int replicas) throws Exception {
        Cadence cadence = new Cadence(2, 2, 1);
        Checkpoints whole = checkpoints("whole");
        Checkpoints broken = checkpoints("broken");
        ModelWeights straight = World.of(replicas, world -> train(RECIPE, cadence, world, whole, false))
                .get(0)
                .weights();

        assertThatThrownBy(() -> World.of(replicas, world -> train(RECIPE, cadence, world, broken, false, killer(5))))
                .hasMessage("killed");
        assertThat(broken.newest().orElseThrow().getName()).isEqualTo("step-00000004");
        List<Trainer.Outcome> resumed = World.of(replicas, world -> train(RECIPE, cadence, world, broken, true));

        assertThat(resumed.get(0).weights().named()).isEqualTo(straight.named());
        assertThat(resumed.get(replicas - 1).weights().named()).isEqualTo(straight.named());
        assertThat(resumed.get(0).run().history()).hasSize(2);
        assertThat(broken.read(broken.newest().orElseThrow()).weights().named()).isEqualTo(straight.named());
    }

    private static Callback killer(long at) {
        return new Callback() {
            @Override
            public void onStep(Step step) {
                if (step.step() == at) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    @Test
    void refusesToMixRuns() throws Exception {
        Checkpoints checkpoints = checkpoints("run");
        train(RECIPE, Cadence.epochs(1), new Alone(), checkpoints, false);
        assertThatThrownBy(() -> train(RECIPE, Cadence.epochs(1), new Alone(), checkpoints, false))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("already a checkpoint")
                .hasMessageContaining("resume");
        assertThatThrownBy(() -> train(Tiny.recipe(5, 0.01), Cadence.epochs(1), new Alone(), checkpoints, true))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("another batch (4) than this run (5)");
        assertThatThrownBy(() -> World.of(2, world -> train(RECIPE, Cadence.epochs(1), world, checkpoints, true)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("another number of replicas (1) than this run (2)");
    }

    @Test
    void stopsWhenTheLossDiverges() {
        assertThatThrownBy(() -> train(Tiny.recipe(4, 1e30), Cadence.epochs(1), new Alone(), checkpoints("run"), false))
                .isInstanceOf(DivergenceException.class)
                .hasMessageContaining("in step ")
                .hasMessageContaining("learning rate")
                .hasMessageContaining("there is no checkpoint");
    }

    @Test
    void tellsItsCallbacksWhatHappens() throws Exception {
        List<String> events = new ArrayList<>();
        Callback listener = new Callback() {
            @Override
            public void onStart(Start start) {
                events.add("start " + start.stepsPerEpoch() + "x" + start.epochs());
            }

            @Override
            public void onStep(Step step) {
                events.add("step " + step.step());
            }

            @Override
            public void onEpoch(EpochRecord epoch) {
                events.add("epoch " + epoch.epoch());
            }

            @Override
            public void onCheckpoint(String where) {
                events.add(where.substring(where.lastIndexOf('/') + 1));
            }
        };
        train(Tiny.recipe(13, 0.01), Cadence.epochs(1), new Alone(), checkpoints("run"), false, listener);
        assertThat(events).containsExactly("start 2x1", "step 1", "step 2", "epoch 1", "step-00000002");
    }

    @Test
    void tooFewSamplesAreRefused() {
        assertThatThrownBy(() -> train(Tiny.recipe(27, 0.01), Cadence.epochs(1), new Alone(), null, false))
                .hasMessageContaining("26 training samples, fewer than a batch of 27");
    }
}
