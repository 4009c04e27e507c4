// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("cluster")
final class SparkClusterTest {
    @RegisterExtension
    static final SparkCluster CLUSTER = SparkCluster.of(2, 1, 1024);

    @Test
    void twoTasksRunInTwoProcessesBesideTheDriver() {
        assertThat(CLUSTER.executorProcesses())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContain(ProcessHandle.current());
    }

    @Test
    void aKilledExecutorIsReplacedAndItsTaskRunsAgain() {
        List<ProcessHandle> before = CLUSTER.executorProcesses();
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
        assertThat(Set.copyOf(CLUSTER.executorProcesses())).hasSize(2).isNotEqualTo(Set.copyOf(before));
    }
}
