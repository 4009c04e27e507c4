// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.datasets.source.Specification;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.spark.ProblemTraining;

/** Columns of Parquet files that Spark wrote, read without it. */
class StoredParquetTest {
    private static SparkSession spark;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("OFF");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** The training samples of a dataset in order. */
    private static double[][] column(ParquetDataset dataset, String field) {
        return dataset.samples(Split.TRAIN).collect().stream()
                .sorted(Comparator.comparing(PdeSample::seed))
                .map(sample -> sample.field(field).data())
                .toArray(double[][]::new);
    }

    @Test
    void datasetsAreReadRowByRow() {
        String place = directory.resolve("darcy").toUri().toString();
        ParquetDataset dataset = ParquetDataset.generate(spark, new Specification(new Darcy(9, 2), 3, 12, 5), place);
        Numbers.OnDemand all = Stored.parquet(place, Darcy.SOLUTION);
        Numbers.OnDemand training = all.between(0, 12);
        double[][] expected = column(dataset, Darcy.SOLUTION);

        assertThat(all.rows()).isEqualTo(17);
        assertThat(all.width()).isEqualTo(25);
        for (int sample = 0; sample < 12; sample++) {
            assertThat(training.rows(new int[] {sample})).isEqualTo(expected[sample]);
        }
        double[] three = all.rows(new int[] {11, 0, 5, 5});
        assertThat(three).startsWith(expected[11]).endsWith(expected[5]);
    }

    @Test
    void tasksReadTheRowsOfTheirSamples() {
        String place = directory.resolve("darcy").toUri().toString();
        ParquetDataset dataset = ParquetDataset.generate(spark, new Specification(new Darcy(9, 2), 3, 12, 1), place);
        double[] held = Arrays.stream(column(dataset, Darcy.SOLUTION))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        Training training = Training.steps(6).batch(4).inDouble();
        double[] expected =
                problem(new Numbers.Given(held)).train(training).history().total();
        double[] found = ProblemTraining.on(spark, 2)
                .train(problem(Stored.parquet(place, Darcy.SOLUTION).between(0, 12)), training)
                .history()
                .total();

        assertThat(found).hasSameSizeAs(expected);
        for (int step = 0; step < found.length; step++) {
            assertThat(found[step]).isCloseTo(expected[step], within(1e-12 * expected[0]));
        }
    }

    private static Problem problem(Numbers numbers) {
        Domain grid = Domain.grid(new double[2], new double[] {1, 1}, 5, 5).samples(12);
        Expression field = grid.field("u", grid.interior(), numbers, Shape.SCALAR);
        Expression scale =
                Models.coefficient("a", 1).optimizer(Optimisers.adam(1e-2)).at();
        return Problem.minimize(field.minus(scale).meanSquare());
    }

    @Test
    void tablesOfOthersNeedAnIndexAndNumbers() {
        String place = directory.resolve("table").toString();
        spark.sql(
                        "select id as index, cast(id as float) / 4 as k, array(id + 0.5d, -id * 1d) as pair, cast(id as string) as name"
                                + " from range(30)")
                .repartition(3)
                .write()
                .parquet(place);

        assertThat(Stored.parquet(place, "k").rows(new int[] {29, 3})).containsExactly(7.25, 0.75);
        assertThat(Stored.parquet(place, "pair").width()).isEqualTo(2);
        assertThat(Stored.parquet(place, "pair").rows(new int[] {7})).containsExactly(7.5, -7);
        assertThatThrownBy(() -> Stored.parquet(place, "q"))
                .hasMessageContaining("no column 'q'")
                .hasMessageContaining("pair");
        assertThatThrownBy(() -> Stored.parquet(directory.resolve("no").toString(), "k"))
                .hasMessageContaining("no Parquet files");
        String other = directory.resolve("other").toString();
        spark.sql("select id as number, id * 0.5d as k from range(3)").write().parquet(other);
        assertThatThrownBy(() -> Stored.parquet(other, "k")).hasMessageContaining("no column 'index'");
        String gap = directory.resolve("gap").toString();
        spark.sql("select id + 1 as index, id * 0.5d as k from range(3)")
                .write()
                .parquet(gap);
        assertThatThrownBy(() -> Stored.parquet(gap, "k")).hasMessageContaining("does not count its 3 rows from 0");
    }
}
