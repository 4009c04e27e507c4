// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sparkjno.amg.distributed.RowBlock;
import org.sparkjno.spark.SparkSolve;
import org.sparkjno.spark.SystemRows;

/** One linear system in two executor processes, which talk over sockets. */
@Tag("cluster")
final class SolveOnClusterTest {
    @RegisterExtension
    static final SparkCluster CLUSTER = SparkCluster.of(2, 1, 1024);

    /** Five-point Laplacian, with a right-hand side whose solution is one everywhere. */
    private static SystemRows laplacian(int points, int task, int tasks) {
        int from = points * points * task / tasks;
        int to = points * points * (task + 1) / tasks;
        int[] rowStart = new int[to - from + 1];
        long[] columns = new long[5 * (to - from)];
        double[] values = new double[columns.length];
        double[] right = new double[to - from];
        int size = 0;
        for (int i = from; i < to; i++) {
            boolean[] exists = {i >= points, i % points > 0, true, i % points < points - 1, i + points < points * points
            };
            int[] neighbours = {i - points, i - 1, i, i + 1, i + points};
            for (int k = 0; k < 5; k++) {
                if (exists[k]) {
                    columns[size] = neighbours[k];
                    values[size] = k == 2 ? 4 : -1;
                    right[i - from] += values[size++];
                }
            }
            rowStart[i - from + 1] = size;
        }
        return new SystemRows(new RowBlock(rowStart, Arrays.copyOf(columns, size), Arrays.copyOf(values, size)), right);
    }

    private static void assertOnes(SparkSolve.Solution solution, int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        assertThat(solution.parts().stream().flatMapToDouble(Arrays::stream).toArray())
                .containsExactly(ones, within(1e-6));
        assertThat(solution.report().converged()).isTrue();
    }

    @Test
    void twoProcessesSolveOneSystem() {
        assertThat(CLUSTER.executorProcesses()).hasSize(2);

        SparkSolve.Solution solution = SparkSolve.on(CLUSTER.context())
                .tolerance(1e-10)
                .solve(2, (task, tasks) -> laplacian(120, task, tasks));

        assertOnes(solution, 120 * 120);
        assertThat(solution.levels()).contains("on 2 ranks");
    }

    /** The next generation, which has a new process, solves again from the start. */
    @Test
    void anExecutorKilledAmidItsCyclesCostsTheTimeUntilThenAndNothingElse() {
        ProcessHandle victim = CLUSTER.executorProcesses().get(1);
        Set<Integer> generations = new ConcurrentSkipListSet<>();

        SparkSolve.Solution solution = SparkSolve.on(CLUSTER.context())
                .tolerance(1e-12)
                .reportingTo(progress -> {
                    generations.add(progress.generation());
                    if (progress.generation() == 0 && progress.step() == 1) {
                        victim.destroyForcibly();
                    }
                })
                .solve(2, (task, tasks) -> laplacian(500, task, tasks));

        assertThat(victim.isAlive()).isFalse();
        assertThat(generations).containsExactly(0, 1);
        assertOnes(solution, 500 * 500);
        assertThat(solution.report().residual()).isLessThanOrEqualTo(1e-12);
    }
}
