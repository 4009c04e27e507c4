// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.collective.Reduction;

/** The loop over generations in Spark's local mode, where two tasks are two threads. */
class GenerationsTest {
    private static JavaSparkContext spark;

    private final ConcurrentLinkedQueue<Progress> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        SparkConf conf = new SparkConf()
                .setMaster("local[2]")
                .setAppName("generations")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        Sessions.recommended().forEach(conf::set);
        spark = new JavaSparkContext(conf);
        spark.setLogLevel("ERROR");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void twoTasksSumTheirRows() {
        List<Float> sums = generations(settings())
                .run(spark.parallelize(List.of(1, 2, 3, 4), 2), generation -> GenerationsTest::sumOfRows);
        assertThat(sums).containsExactly(10f, 10f);
    }

    @Test
    void theDriverHearsOfEveryStep() {
        generations(settings()).run(2, generation -> (seat, rows) -> {
            for (int step = 1; step <= 3; step++) {
                seat.progress().report(step, 1.0 / step, 16L * step);
            }
            seat.collective().barrier();
            return seat.threads();
        });
        // Reports of a rank arrive in order; the last may still be under way when the stage is done.
        assertThat(heard).contains(new Progress(0, 0, 1, 1.0, 16), new Progress(0, 1, 1, 1.0, 16));
    }

    @Test
    void tooFewSlotsIsOneSentenceAtOnce() {
        assertThatThrownBy(() -> generations(settings()).run(3, generation -> (seat, rows) -> 0))
                .isInstanceOf(ClusterException.class)
                .hasMessage("A run of 3 tasks needs 3 task slots at once (of 1 cores each, spark.task.cpus), "
                        + "but master local[2] has 2: use local[3], or take fewer tasks.");
    }

    @Test
    void aFailureIsMetByTheNextGeneration() {
        List<Integer> generations = generations(settings()).run(2, generation -> (seat, rows) -> {
            if (seat.generation() == 0 && seat.rank() == 1) {
                throw new IOException("the disk is away");
            }
            seat.collective().barrier();
            return seat.generation();
        });
        assertThat(generations).containsExactly(1, 1);
    }

    @Test
    void theDriverGivesEachGenerationItsProgram() {
        List<Integer> answers = generations(settings()).run(2, generation -> (seat, rows) -> {
            if (generation < 2) {
                throw new IOException("not yet");
            }
            return 100 + generation;
        });
        assertThat(answers).containsExactly(102, 102);
    }

    @Test
    void aFatalFailureIsNotRetriedAndKeepsItsSentence() {
        for (RuntimeException error : List.of(
                new FatalRunException("The loss is NaN at step 7: lower the learning rate."),
                new IllegalArgumentException("The loss is NaN at step 7: lower the learning rate."))) {
            assertThatThrownBy(() -> generations(settings()).run(2, generation -> (seat, rows) -> {
                        assertThat(generation).isZero();
                        if (seat.rank() == 1) {
                            throw error;
                        }
                        seat.collective().barrier();
                        return 0;
                    }))
                    .isInstanceOf(FatalRunException.class)
                    .hasMessage("The loss is NaN at step 7: lower the learning rate.");
        }
    }

    @Test
    void theCauseIsNamedWhenRestartsAreUsedUp() {
        assertThatThrownBy(() -> generations(settings()).run(2, generation -> (seat, rows) -> {
                    if (seat.rank() == 1) {
                        throw new IOException("the disk is away");
                    }
                    seat.collective().barrier();
                    return 0;
                }))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("generation 2")
                .hasMessageContaining("rank 1 failed: IOException: the disk is away; no restart is left (of 2).");
    }

    @Test
    void aStallNamesTheRanksFurthestBackAndFreesTheirSlots() {
        GenerationSettings impatient = GenerationSettings.named("stall")
                .withRestarts(0, Duration.ZERO)
                .withPatience(Duration.ofSeconds(5), Duration.ofSeconds(3));
        assertThatThrownBy(() -> generations(impatient).run(2, generation -> (seat, rows) -> {
                    seat.progress().report(5 - seat.rank(), 0, 0);
                    new CountDownLatch(1).await();
                    return 0;
                }))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("no rank reported progress for PT3S; ranks [1] stand furthest back, at step 4");
        assertThat(spark.parallelize(List.of(1, 2), 2).count()).isEqualTo(2);
    }

    @Test
    void anInterruptOfTheDriverCancelsTheStageAndFreesItsSlots() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Generations generations = new Generations(spark, settings(), progress -> running.countDown());
        Thread driver = new Thread(() -> {
            try {
                generations.run(2, generation -> (seat, rows) -> {
                    seat.progress().report(1, 0, 0);
                    new CountDownLatch(1).await();
                    return 0;
                });
                outcome.complete(null);
            } catch (RuntimeException e) {
                outcome.complete(e);
            }
        });
        driver.start();
        running.await();
        driver.interrupt();
        assertThat(outcome.join()).isInstanceOf(ClusterException.class).hasMessageContaining("was interrupted");
        List<Float> sums = generations(settings())
                .run(spark.parallelize(List.of(1, 2, 3, 4), 2), generation -> GenerationsTest::sumOfRows);
        assertThat(sums).containsExactly(10f, 10f);
    }

    @Test
    void aJobCancelledBySomebodyIsNotRestarted() {
        Generations generations = new Generations(spark, settings(), progress -> spark.cancelAllJobs());
        assertThatThrownBy(() -> generations.run(2, generation -> (seat, rows) -> {
                    seat.progress().report(1, 0, 0);
                    new CountDownLatch(1).await();
                    return 0;
                }))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void aProgramThatCannotBeSentIsNotRetried() {
        Object unsendable = new Object();
        assertThatThrownBy(() -> generations(settings())
                        .run(2, generation -> (seat, rows) -> seat.rank() + unsendable.hashCode()))
                .isInstanceOf(FatalRunException.class)
                .hasMessageContaining("generation 0");
    }

    @Test
    void dynamicAllocationIsRefused() {
        SparkConf conf = spark.sc().conf();
        conf.set("spark.dynamicAllocation.enabled", "true");
        try {
            assertThatThrownBy(() -> generations(settings()))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("spark.dynamicAllocation.enabled=false");
        } finally {
            conf.remove("spark.dynamicAllocation.enabled");
        }
    }

    private Generations generations(GenerationSettings settings) {
        return new Generations(spark, settings, heard::add);
    }

    private static GenerationSettings settings() {
        return GenerationSettings.named("test")
                .withRestarts(2, Duration.ofMillis(1))
                .withPatience(Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    private static Float sumOfRows(TaskSeat seat, Iterator<Integer> rows) {
        FloatBuffer sum = FloatBuffer.allocate(1);
        rows.forEachRemaining(row -> sum.put(0, sum.get(0) + row));
        seat.collective().allReduce(sum, Reduction.SUM);
        return sum.get(0);
    }
}
