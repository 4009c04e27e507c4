// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

    private static final int POINTS = 120;

    /** Five-point Laplacian, with a right-hand side whose solution is one everywhere. */
    private static SystemRows laplacian(int task, int tasks) {
        int from = POINTS * POINTS * task / tasks;
        int to = POINTS * POINTS * (task + 1) / tasks;
        int[] rowStart = new int[to - from + 1];
        long[] columns = new long[5 * (to - from)];
        double[] values = new double[columns.length];
        double[] right = new double[to - from];
        int size = 0;
        for (int i = from; i < to; i++) {
            boolean[] exists = {i >= POINTS, i % POINTS > 0, true, i % POINTS < POINTS - 1, i + POINTS < POINTS * POINTS
            };
            int[] neighbours = {i - POINTS, i - 1, i, i + 1, i + POINTS};
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

    @Test
    void twoProcessesSolveOneSystem() {
        assertThat(CLUSTER.executorProcesses()).hasSize(2);

        SparkSolve.Solution solution =
                SparkSolve.on(CLUSTER.context()).tolerance(1e-10).solve(2, SolveOnClusterTest::laplacian);

        double[] ones = new double[POINTS * POINTS];
        Arrays.fill(ones, 1);
        assertThat(solution.parts().stream().flatMapToDouble(Arrays::stream).toArray())
                .containsExactly(ones, within(1e-6));
        assertThat(solution.report().converged()).isTrue();
        assertThat(solution.levels()).contains("on 2 ranks");
    }
}
