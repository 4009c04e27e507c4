// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkjno.lang.problem.Field;

/** Fields as tables: one row per sample and point, with the number of the sample, the coordinates of the point and the values. */
public final class FieldTable {
    private static final String SAMPLE = "sample";

    private FieldTable() {}

    /**
     * Fields that have values at the same samples and points, each as a column of its name; a vector has a column per component,
     * {@code u_0}, {@code u_1} and so on. Fields of samples have the column {@code sample}, counted from 0.
     *
     * <pre>{@code
     * FieldTable.of(spark, run.evaluate(u.named("u"))).write().parquet(directory);
     * }</pre>
     *
     * @throws IllegalArgumentException when the fields lie along different axes, or two columns have one name
     */
    public static Dataset<Row> of(SparkSession session, Field... fields) {
        if (fields.length == 0) {
            throw new IllegalArgumentException("There is no field to make a table of; give at least one.");
        }
        Field first = fields[0];
        for (Field field : fields) {
            if (!field.axes().equals(first.axes())
                    || !field.shape()
                            .dims()
                            .subList(0, field.axes().size())
                            .equals(first.shape().dims().subList(0, first.axes().size()))) {
                throw new IllegalArgumentException("'" + field.name() + "' has values along " + field.axes() + ", but '"
                        + first.name() + "' along " + first.axes() + "; make a table of each.");
            }
        }
        if (first.places().size() > 1) {
            throw new IllegalArgumentException("'" + first.name() + "' has values along " + first.axes()
                    + ", but a table has one point per row; aggregate one of these axes.");
        }
        return session.createDataFrame(rows(fields), schema(fields));
    }

    private static boolean hasSamples(Field field) {
        return field.axes().size() > field.places().size();
    }

    private static StructType schema(Field... fields) {
        List<StructField> columns = new ArrayList<>();
        List<String> names = new ArrayList<>(fields[0].coordinates());
        if (hasSamples(fields[0])) {
            columns.add(DataTypes.createStructField(SAMPLE, DataTypes.IntegerType, false));
        }
        for (Field field : fields) {
            long components = field.components().size();
            for (int i = 0; i < components; i++) {
                names.add(components == 1 ? field.name() : field.name() + "_" + i);
            }
        }
        if (names.stream().distinct().count() < names.size() || names.contains(SAMPLE)) {
            throw new IllegalArgumentException("The columns " + names + " and '" + SAMPLE
                    + "' need different names; name the fields by named(…).");
        }
        names.forEach(name -> columns.add(DataTypes.createStructField(name, DataTypes.DoubleType, false)));
        return DataTypes.createStructType(columns);
    }

    private static List<Row> rows(Field... fields) {
        Field first = fields[0];
        boolean sampled = hasSamples(first);
        int points = first.places().isEmpty() ? 1 : first.place().points().count();
        int count = Math.toIntExact(first.shape().size() / first.components().size());
        List<Row> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            List<Object> cells = new ArrayList<>();
            if (sampled) {
                cells.add(row / points);
            }
            if (!first.places().isEmpty()) {
                for (double coordinate : first.place().points().point(row % points)) {
                    cells.add(coordinate);
                }
            }
            for (Field field : fields) {
                int components = Math.toIntExact(field.components().size());
                for (int i = 0; i < components; i++) {
                    cells.add(field.values()[row * components + i]);
                }
            }
            rows.add(RowFactory.create(cells.toArray()));
        }
        return rows;
    }
}
