// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

@Tag("cluster")
final class SparkClusterTest {
    @RegisterExtension
    static final SparkCluster CLUSTER = SparkCluster.of(2, 1, 1024);

    @Test
    void twoTasksRunInTwoProcessesBesideTheDriver() {
        assertThat(processes())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContain(ProcessHandle.current().pid());
    }

    @Test
    void aKilledExecutorIsReplacedAndItsTaskRunsAgain() {
        List<Long> before = processes();
        List<Integer> attempts = CLUSTER.context()
                .parallelize(List.of(0, 1), 2)
                .map(task -> {
                    if (task == 1 && TaskContext.get().attemptNumber() == 0) {
                        Runtime.getRuntime().halt(1);
                    }
                    return TaskContext.get().attemptNumber();
                })
                .collect();
        assertThat(attempts.get(1)).isPositive();

        CLUSTER.awaitReplacements(1);
        assertThat(Set.copyOf(processes())).hasSize(2).isNotEqualTo(Set.copyOf(before));
    }

<<<<<<< HEAD
    /** Processes of two tasks that run together: with one slot each, one task per executor. */
    private static List<Long> processes() {
        return Together.run(CLUSTER.context(), 2, () -> ProcessHandle.current().pid());
=======
    /**
     * Processes of two tasks that start together, so with one slot each, one task per executor. Only a barrier stage
     * promises that: in any other a short task frees its slot for the second before a new executor gets its offer.
     */
    private static List<Long> processes() {
        Step<Iterator<Integer>, Iterator<Long>> step = rows -> CollectionConverters.asScala(
                List.of(ProcessHandle.current().pid()).iterator());
        ClassTag<Long> tag = ClassTag$.MODULE$.apply(Long.class);
        RDD<Integer> rows = CLUSTER.context().parallelize(List.of(0, 1), 2).rdd();
        return new JavaRDD<>(rows.barrier().mapPartitions(step, false, tag), tag).collect();
>>>>>>> main
    }

    /** A Scala function that survives serialisation. */
    @FunctionalInterface
    private interface Step<A, B> extends Function1<A, B>, Serializable {}
}
