// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.lang.balance.ReLoBRaLo;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** Problems of the traced language, trained by tasks that share samples and points, in Spark's local mode. */
class ProblemTrainingTest {
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        SparkConf conf = new SparkConf()
                .setMaster("local[4]")
                .setAppName("problems")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        Sessions.recommended().forEach(conf::set);
        spark = new JavaSparkContext(conf);
        spark.setLogLevel("OFF");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static final Training TRAINING =
            Training.steps(20).batch(6).points(101).inDouble();

    /** Δu = −1/k in a rectangle, for many k, with a penalty on the boundary of one of them and a worst residual. */
    private static Problem parametricPoisson() {
        Domain d = Domain.rectangle(0, 0, 2, 1).points(300).boundaryPoints(3).samples(20);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression k = d.parameter("k", 0.5, 1.5);
        Expression u =
                Models.deepONet(1, 2, 16, 8).optimizer(Optimisers.adam(1e-3)).at(k, x, y);
        Expression residual = k.times(u.laplacian(x, y)).plus(1);
        // A mean over points of each sample, of which the root is averaged: partial sums of both axes.
        Expression perSample = residual.square().mean(x).sqrt().mean();
        return Problem.minimize("residual", residual.meanSquare())
                .and("boundary", 10, d.boundary().restrict(u).meanSquare())
                .and("per sample", 0.5, perSample)
                .and("worst", 1e-3, residual.abs().max());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void severalTasksComeToTheLossesOfOne(int tasks) {
        Problem problem = parametricPoisson();
        Run alone = problem.train(TRAINING);
        Run together = ProblemTraining.on(spark, tasks).train(problem, TRAINING);
        for (String loss : alone.history().names()) {
            assertThat(together.history().loss(loss))
                    .as(loss)
                    .containsExactly(alone.history().loss(loss), within(1e-10));
        }
        assertThat(together.work()).hasSize(tasks);
        assertThat(together.work().get(0)).startsWith("task 0 of " + tasks);
    }

    @Test
    void tasksShareTheNodesOfAMesh() {
        Region disk = Domain.disk(0, 0, 1).meshSize(0.4).all();
        Expression x = disk.get("x");
        Expression y = disk.get("y");
        Expression u = Models.mlp(2, 8, 1).optimizer(Optimisers.adam(1e-3)).at(x, y);
        Problem problem = Problem.minimize(
                        u.laplacian(x, y).plus(u.d(x)).plus(u).meanSquare())
                .scheme(Scheme.LINEAR_ELEMENTS);
        Training training = Training.steps(5).inDouble();
        Run together = ProblemTraining.on(spark, 3).train(problem, training);
        assertThat(together.history().total())
                .containsExactly(problem.train(training).history().total(), within(1e-10));
        assertThat(together.work().get(0)).startsWith("task 0 of 3: nodes 0…");
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRun() {
        Domain d = Domain.interval(0, 1).points(16);
        Expression x = d.interior("x");
        Expression u = Models.mlp(1, 4, 1).optimizer(Optimisers.adam(1e-3)).at(x);
        Problem broken = Problem.minimize(u.minus(1e9).log().meanSquare());
        assertThatThrownBy(() -> ProblemTraining.on(spark, 2).train(broken, Training.steps(2)))
                .isInstanceOf(FatalRunException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void aRunGoesOnFromItsCheckpointAndFromAnotherRun(@TempDir Path directory) {
        Problem problem = parametricPoisson().balance(ReLoBRaLo.of());
        ProblemTraining two = ProblemTraining.on(spark, 2);
        Run whole = two.train(problem, TRAINING);
        Training first = Training.steps(12).batch(6).points(101).inDouble().checkpoint(directory.toString(), 5);
        two.train(problem, first);
        Run resumed =
                two.train(problem, TRAINING.checkpoint(directory.toString(), 5).resume());
        assertThat(resumed.history().total()).isEqualTo(whole.history().total());
        assertThatThrownBy(() -> two.train(problem, first))
                .isInstanceOf(FatalRunException.class)
                .hasMessageContaining("There is already a checkpoint");
        Run further = two.train(problem, TRAINING, whole);
        assertThat(further.history().loss("residual")[0])
                .isLessThan(whole.history().loss("residual")[0]);
    }

    @Test
    void checkpointsLieWhereTheSessionSays(@TempDir Path directory) {
        // A file system whose mount table only this session knows.
        spark.hadoopConfiguration()
                .set("fs.viewfs.mounttable.runs.link./here", directory.toUri().toString());
        Problem problem = parametricPoisson();
        Training training = TRAINING.checkpoint("viewfs://runs/here/first", 10);
        ProblemTraining.on(spark, 2).train(problem, training);
        assertThat(directory.resolve("first").toFile().list()).contains("step-00000020");
        Run more = ProblemTraining.on(spark, 2).train(problem, training.resume());
        assertThat(more.history().steps()).isEqualTo(20);
    }
}
