// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.distributed.RowBlock;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Systems whose rows lie in the tasks of a barrier stage, in Spark's local mode. */
class SparkSolveTest {
    private static final Queue<Long> FIRST_ROWS = new ConcurrentLinkedQueue<>();

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        SparkConf conf = new SparkConf()
                .setMaster("local[4]")
                .setAppName("solves")
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

    /** Rows of a matrix, with A·1 as right-hand side. */
    private static SystemRows rows(CsrMatrix a, int from, int to) {
        int first = a.rowStart()[from];
        int end = a.rowStart()[to];
        double[] values = Arrays.copyOfRange(a.values(), first, end);
        return new SystemRows(
                new RowBlock(
                        IntStream.rangeClosed(from, to)
                                .map(i -> a.rowStart()[i] - first)
                                .toArray(),
                        Arrays.stream(a.columns(), first, end).asLongStream().toArray(),
                        values),
                IntStream.range(from, to)
                        .mapToDouble(i -> Arrays.stream(a.values(), a.rowStart()[i], a.rowStart()[i + 1])
                                .sum())
                        .toArray());
    }

    private static SystemRows part(CsrMatrix a, int task, int tasks) {
        return rows(a, a.rows() * task / tasks, a.rows() * (task + 1) / tasks);
    }

    private static void assertOnes(SparkSolve.Solution solution, int rows) {
        double[] x = solution.parts().stream().flatMapToDouble(Arrays::stream).toArray();
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        assertThat(x).containsExactly(ones, within(1e-6));
    }

    @Test
    void rowsOfAnRdd() {
        CsrMatrix a = Stencils.laplacian(70, 1, 1);
        List<SystemRows> blocks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            blocks.add(part(a, i, 8));
        }
        SparkSolve.Solution solution = SparkSolve.on(spark).tolerance(1e-10).solve(spark.parallelize(blocks, 4));
        assertOnes(solution, a.rows());
        assertThat(solution.parts()).hasSize(4);
        assertThat(solution.report().converged()).isTrue();
        assertThat(solution.report().residual()).isLessThanOrEqualTo(1e-10);
        assertThat(solution.report().iterations()).isLessThan(25);
        assertThat(solution.levels()).contains("of a 4900 x 4900 matrix on 4 ranks");
    }

    @Test
    void rowsThatTasksMake() {
        SparkSolve.Solution solution =
                SparkSolve.on(spark).solve(3, (task, tasks) -> part(Stencils.laplacian(16, 1, 1, 1), task, tasks));
        assertOnes(solution, 4096);
    }

    @Test
    void aTaskMayHaveNoRows() {
        CsrMatrix a = Stencils.laplacian(60, 1, 1);
        assertOnes(SparkSolve.on(spark).solve(spark.parallelize(List.of(part(a, 0, 2), part(a, 1, 2)), 3)), a.rows());
    }

    /** Constants are found, and what they have of the right-hand side is reported. */
    @Test
    void aSingularSystem() {
        SparkSolve.Solution solution = SparkSolve.on(spark).solve(3, (task, tasks) -> {
            SystemRows rows = part(Stencils.neumann(60, 1, 1), task, tasks);
            double[] right = new double[rows.rightHandSide().length];
            right[0] = task == 0 ? 1 : 0;
            return new SystemRows(rows.matrix(), right);
        });
        assertThat(solution.report().converged()).isTrue();
        assertThat(solution.report().rhsInconsistency()).isCloseTo(1.0 / 60, within(1e-12));
        assertThat(solution.parts().stream().flatMapToDouble(Arrays::stream).sum())
                .isCloseTo(0, within(1e-8));
    }

    @Test
    void anElasticBodyAndDeclaredNullVectors() {
        Elasticity body = Elasticity.clamped(40, 40);
        List<SystemRows> blocks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int from = body.matrix().rows() / 8 * i;
            int to = body.matrix().rows() / 8 * (i + 1);
            SystemRows rows = rows(body.matrix(), from, to);
            double[] coordinates = Arrays.copyOfRange(body.coordinates(), from, to);
            blocks.add(new SystemRows(rows.matrix(), rows.rightHandSide(), coordinates, List.of()));
        }
        SparkSolve.Solution solution =
                SparkSolve.on(spark).elastic(2).tolerance(1e-11).solve(spark.parallelize(blocks, 3));
        assertOnes(solution, body.matrix().rows());
        assertThat(solution.reason()).contains("smoothed aggregation", "blocks of 2 unknowns");
        assertThat(solution.report().iterations()).isLessThan(30);

        SparkSolve.Solution shortest = SparkSolve.on(spark).nullVectors(1).solve(2, (task, tasks) -> {
            SystemRows rows = part(Stencils.neumann(20, 1, 1), task, tasks);
            double[] ones = new double[rows.rightHandSide().length];
            Arrays.fill(ones, 1);
            return new SystemRows(rows.matrix(), ones, new double[0], List.of(ones));
        });
        assertThat(shortest.report().rhsInconsistency()).isCloseTo(1, within(1e-12));
        assertThat(shortest.parts().get(0)).containsOnly(0);
    }

    @Test
    void solutionsMayStayWithTheTasks() {
        FIRST_ROWS.clear();
        SolveReport report = SparkSolve.on(spark)
                .solve(2, (task, tasks) -> part(Stencils.laplacian(20, 1, 1), task, tasks), (firstRow, x) -> {
                    assertThat(x).hasSize(200);
                    FIRST_ROWS.add(firstRow);
                });
        assertThat(report.converged()).isTrue();
        assertThat(FIRST_ROWS).containsExactlyInAnyOrder(0L, 200L);
    }

    @Test
    void aBadRowOfOneTaskIsOneSentenceOnTheDriver() {
        assertThatThrownBy(() -> SparkSolve.on(spark).solve(3, (task, tasks) -> {
                    long column = task == 1 ? 9 : task;
                    return new SystemRows(
                            new RowBlock(new int[] {0, 1}, new long[] {column}, new double[] {1}), new double[] {1});
                }))
                .isInstanceOf(FatalRunException.class)
                .hasMessage("Rank 1: Row 1 names column 9, but there are only columns 0 to 2.");
        assertThatThrownBy(() -> SparkSolve.on(spark).solve(3, (task, tasks) -> {
                    double[] right = {task == 2 ? Double.NaN : 1};
                    return new SystemRows(new RowBlock(new int[] {0, 1}, new long[] {task}, new double[] {1}), right);
                }))
                .isInstanceOf(FatalRunException.class)
                .hasMessage("Rank 2: Row 2 of the right-hand side is NaN.");
        assertThatThrownBy(() -> SparkSolve.on(spark).solve(3, (task, tasks) -> {
                    if (task == 1) {
                        throw new IllegalArgumentException("There is no mesh for task 1.");
                    }
                    return new SystemRows(
                            new RowBlock(new int[] {0, 1}, new long[] {task}, new double[] {1}), new double[] {1});
                }))
                .isInstanceOf(FatalRunException.class)
                .hasMessage("There is no mesh for task 1.");
    }

    @Test
    void aToleranceOutOfReachIsNotTriedAgain() {
        assertThatThrownBy(() -> SparkSolve.on(spark)
                        .tolerance(1e-20)
                        .solve(2, (task, tasks) -> part(Stencils.laplacian(20, 1, 1), task, tasks)))
                .isInstanceOf(FatalRunException.class)
                .hasMessageContaining("on a 400 x 400 matrix on 2 ranks did not reach");
    }
}
