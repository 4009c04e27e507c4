// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Field;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

class FieldTableTest {
    private static final Run RUN = Problem.minimize(Models.coefficient("a", 2)
                    .optimizer(Optimisers.adam(1e-2))
                    .at()
                    .square())
            .train(Training.steps(1));

    @Test
    void fieldsComeBackFromParquet(@TempDir Path directory) throws IOException {
        Domain plane =
                Domain.grid(new double[] {0, 0}, new double[] {2, 1}, 5, 3).samples(2);
        Expression x = plane.interior("x");
        Expression k = plane.parameter("k", new double[] {1, 10});
        List<Field> fields = RUN.evaluate(List.of(
                k.times(x).named("u"), Expression.vector(k.times(x), k.plus(x)).named("v")));
        String path = directory.resolve("fields").toString();
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .getOrCreate()) {
            FieldTable.of(spark, fields.toArray(Field[]::new)).write().parquet(path);
            Dataset<Row> read = spark.read().parquet(path);
            assertThat(read.columns()).containsExactly("sample", "x", "y", "u", "v_0", "v_1");
            List<Row> rows = read.orderBy("sample", "x", "y").collectAsList();
            assertThat(rows).hasSize(30);
            for (int i = 0; i < 30; i++) {
                assertThat(rows.get(i).getInt(0)).isEqualTo(i / 15);
                assertThat(rows.get(i).getDouble(2)).isEqualTo(0.5 * (i % 3));
                assertThat(rows.get(i).getDouble(3)).isEqualTo(fields.get(0).values()[i]);
                assertThat(rows.get(i).getDouble(5)).isEqualTo(fields.get(1).values()[2 * i + 1]);
            }
            Field number = RUN.evaluate(k.named("k"));
            assertThat(FieldTable.of(spark, number).columns()).containsExactly("sample", "k");
            assertThatThrownBy(() -> FieldTable.of(spark, number, fields.get(0)))
                    .hasMessageContaining("a table of each");
            assertThatThrownBy(() ->
                            FieldTable.of(spark, fields.get(0), fields.get(0).named("x")))
                    .hasMessageContaining("different names");
        }
    }
}
