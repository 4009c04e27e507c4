// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.checkpoint.RunState;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.datasets.source.Specification;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.NeuralOperator;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Schedule;
import org.sparkjno.spark.DistributedTraining;
import org.sparkjno.spark.Pairing;
import org.sparkjno.spark.Progress;
import org.sparkjno.tests.cluster.SparkCluster;
import org.sparkjno.train.Cadence;

/** One replica in each of two executor processes, undisturbed and with one of the processes killed. */
@Tag("cluster")
final class TrainingOnClusterTest {
    @RegisterExtension
    static final SparkCluster CLUSTER = SparkCluster.of(2, 1, 1024);

    private static final int EPOCHS = 40;
    private static final Cadence CADENCE = new Cadence(EPOCHS, 5, 1);
    private static final Shape ONE_CHANNEL = Shape.of(1);
    private static final Recipe RECIPE = new Recipe(
            NeuralOperator.of(ONE_CHANNEL, Fno.of2d(1, 1, 4, 2, 1), ONE_CHANNEL),
            Loss.RELATIVE_L2,
            Adam.decoupled(1e-4),
            new Schedule.Cosine(2e-3, 0, 200),
            DType.F32,
            1,
            7,
            "Darcy flow at 9 x 9");

    @TempDir
    static Path directory;

    private static Path undisturbed;
    private static RunState state;

    @BeforeAll
    static void trainUndisturbed() {
        undisturbed = directory.resolve("undisturbed");
        state = train(undisturbed, progress -> {});
    }

    @Test
    void learns() {
        assertThat(state.world()).isEqualTo(2);
        assertThat(state.history()).hasSize(EPOCHS);
        assertThat(state.history().get(EPOCHS - 1).loss())
                .isLessThan(0.8 * state.history().get(0).loss());
    }

    @Test
    void aKilledExecutorCostsTheStepsSinceTheLastCheckpointAndNoBitOfTheWeights() throws Exception {
        ProcessHandle victim = CLUSTER.executorProcesses().get(1);
        long killAt = state.position().step() / 4;
        Set<Long> firstStepsAfterRestart = new ConcurrentSkipListSet<>();
        Path disturbed = directory.resolve("disturbed");

        RunState survived = train(disturbed, progress -> {
            if (progress.generation() == 0 && progress.step() == killAt) {
                victim.destroyForcibly();
            } else if (progress.generation() > 0 && Double.isNaN(progress.loss())) {
                firstStepsAfterRestart.add(progress.step());
            }
        });

        assertThat(victim.isAlive()).isFalse();
        assertThat(firstStepsAfterRestart)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step)
                        .isBetween(
                                killAt - CADENCE.checkpointSteps(),
                                state.position().step() - 1));
        assertThat(survived.position()).isEqualTo(state.position());
        assertThat(FinalWeights.in(disturbed)).isEqualTo(FinalWeights.in(undisturbed));
    }

    private static RunState train(Path checkpoints, Consumer<Progress> audience) {
        ParquetDataset dataset = ParquetDataset.generate(
                CLUSTER.session(),
                new Specification(new Darcy(9, 1), 0, 16, 4),
                directory.resolve("data").toUri().toString());
        Pairing pairing = new Pairing(Darcy.COEFFICIENT, Darcy.SOLUTION, 1);
        return new DistributedTraining(CLUSTER.session(), dataset, pairing, 2)
                .run("cluster", RECIPE, CADENCE, checkpoints.toUri().toString(), false, audience);
    }
}
