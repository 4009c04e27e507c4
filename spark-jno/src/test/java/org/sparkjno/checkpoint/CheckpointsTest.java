// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Linear;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.nn.NeuralOperator;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Schedule;

class CheckpointsTest {
    private static final Recipe RECIPE = new Recipe(
            NeuralOperator.of(Shape.of(1), Fno.of2d(1, 1, 2, 2, 1), Shape.of(4, 4, 1)),
            Loss.RELATIVE_L2,
            Adam.withL2(1e-4),
            new Schedule.WarmUp(10, new Schedule.Cosine(1e-3, 1e-6, 100)),
            DType.F32,
            4,
            1,
            "darcy of seed 1");

    @TempDir
    private java.nio.file.Path directory;

    private FileSystem files;
    private Path root;

    @BeforeEach
    void open() throws IOException {
        files = new RawLocalFileSystem();
        files.initialize(directory.toUri(), new Configuration(false));
        root = new Path(directory.toUri());
    }

    private static Checkpoint at(long step) {
        ModelWeights weights = ModelWeights.initialise(RECIPE.model(), RECIPE.precision(), step);
        StoredTensor vector = new StoredTensor(weights.parameterLayout().type(), weights.parameters());
        RunState run = new RunState(
                RECIPE, 2, new Position(1, 3, step, 0.25), List.of(new EpochRecord(1, 5, 0.5, Double.NaN, 1e-3, 2)));
        return new Checkpoint(run, weights, Map.of("mean", vector, "square", vector));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path where = new Checkpoints(files, root, 2).write(at(8));
        assertThat(where.getName()).isEqualTo("step-00000008");
        Checkpoint back = Checkpoints.read(files, root);
        assertThat(back.run()).isEqualTo(at(8).run());
        assertThat(back.weights().named()).isEqualTo(at(8).weights().named());
        assertThat(back.optimiser()).isEqualTo(at(8).optimiser());
    }

    @Test
    void oldOnesAreDeleted() throws IOException {
        Checkpoints checkpoints = new Checkpoints(files, root, 2);
        for (long step = 1; step <= 4; step++) {
            checkpoints.write(at(step));
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("step-00000003", "step-00000004");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aKilledWriterLosesItsOwnCheckpointOnly(int changes) throws IOException {
        Checkpoints before = new Checkpoints(files, root, 2);
        before.write(at(1));
        assertThatThrownBy(() -> new Checkpoints(new DyingFileSystem(files, changes), root, 2).write(at(2)))
                .hasMessage("killed");
        Path newest = before.newest().orElseThrow();
        assertThat(newest.getName()).isEqualTo("step-00000001");
        assertThat(before.read(newest).run()).isEqualTo(at(1).run());

        before.write(at(2));
        assertThat(before.newest().orElseThrow().getName()).isEqualTo("step-00000002");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("step-00000001", "step-00000002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "optimizer.safetensors", "state.json"})
    void aTornFileHidesTheCheckpointAndAFlippedBitIsNamed(String name) throws IOException {
        Checkpoints checkpoints = new Checkpoints(files, root, 2);
        checkpoints.write(at(1));
        checkpoints.write(at(2));
        java.nio.file.Path file = directory.resolve("step-00000002").resolve(name);
        byte[] bytes = Files.readAllBytes(file);

        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Checkpoints.read(files, root))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("step-00000002/" + name)
                .hasMessageContaining("delete its checkpoint directory");

        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(checkpoints.newest().orElseThrow().getName()).isEqualTo("step-00000001");
    }

    @Test
    void anEmptyDirectoryIsExplained() {
        assertThatThrownBy(() -> Checkpoints.read(files, new Path(root, "nothing")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no complete checkpoint in")
                .hasMessageContaining("nothing");
    }

    @Test
    void foreignTextIsNoRun() {
        assertThatThrownBy(() -> RunJson.read("some/state.json", new byte[] {'{', '}'}))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("some/state.json has format version 0");
        assertThatThrownBy(() -> RunJson.read("some/state.json", new byte[] {1, 2}))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("some/state.json");
    }

    @Test
    void weightsOfAnotherModelAreRefused() {
        ModelWeights weights = ModelWeights.initialise(RECIPE.model(), DType.F32, 1);
        ModelWeights other = ModelWeights.initialise(new Linear(2, 3), DType.F32, 1);
        assertThatThrownBy(() -> weights.assignAll(other.named())).hasMessageContaining("missing");
        assertThatThrownBy(() -> weights.assign(other.named())).hasMessageContaining("no weights named 'weight'");
        assertThatThrownBy(() -> other.assign(
                        ModelWeights.initialise(new Linear(3, 2), DType.F32, 1).named()))
                .hasMessageContaining("'weight' of the model are f32[2,3], but got f32[3,2]");
    }
}
