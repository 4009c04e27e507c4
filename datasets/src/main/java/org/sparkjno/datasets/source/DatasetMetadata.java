// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.datasets.sample.UnitGaussian;

/**
 * What a stored dataset says of itself; kept in the metadata of its columns, so it travels with the schema.
 *
 * @param problem name of the problem
 * @param specification the full specification as text; equal texts mean equal samples
 * @param train number of training samples
 * @param test number of test samples
 * @param grid where the fields live
 * @param fields the fields in order, inputs first, output last
 */
public record DatasetMetadata(
        String problem, String specification, int train, int test, RegularGrid grid, List<FieldMetadata> fields) {
    /**
     * One field.
     *
     * @param name its name, which is also that of its column
     * @param normaliser the channel-wise normaliser of the training samples
     */
    public record FieldMetadata(String name, UnitGaussian normaliser) {}

    static final String INDEX = "index";
    static final String SEED = "seed";
    static final String SPLIT = "split";
    static final String PARAMETERS = "parameters";

    private static final String KEY = "sparkjno";
    private static final long VERSION = 1;

    public DatasetMetadata {
        fields = List.copyOf(fields);
    }

    /**
     * The metadata of a field.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public FieldMetadata field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The " + problem + " dataset has no field '" + name + "'; it has " + fields + "."));
    }

    /** The schema without statistics, as samples are made. */
    static StructType schema(List<String> fieldNames) {
        List<StructField> columns = new ArrayList<>();
        columns.add(DataTypes.createStructField(INDEX, DataTypes.LongType, false));
        columns.add(DataTypes.createStructField(SEED, DataTypes.LongType, false));
        columns.add(DataTypes.createStructField(SPLIT, DataTypes.StringType, false));
        for (String name : fieldNames) {
            columns.add(DataTypes.createStructField(name, DataTypes.BinaryType, false));
        }
        columns.add(DataTypes.createStructField(
                PARAMETERS, DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false), false));
        return DataTypes.createStructType(columns);
    }

    /** The schema that carries this metadata: the dataset's on the index, each field's on its column. */
    StructType toSchema() {
        StructField[] columns =
                schema(fields.stream().map(FieldMetadata::name).toList()).fields();
        columns[0] = withMetadata(columns[0], datasetMetadata());
        for (int f = 0; f < fields.size(); f++) {
            UnitGaussian normaliser = fields.get(f).normaliser();
            columns[f + 3] = withMetadata(
                    columns[f + 3],
                    new MetadataBuilder()
                            .putLongArray(
                                    "shape",
                                    Arrays.stream(grid.shape()).asLongStream().toArray())
                            .putDouble("mean", normaliser.mean()[0])
                            .putDouble("deviation", normaliser.deviation()[0])
                            .build());
        }
        return new StructType(columns);
    }

    private Metadata datasetMetadata() {
        List<RegularGrid.Axis> axes = grid.axes();
        boolean[] periodic = new boolean[axes.size()];
        for (int d = 0; d < periodic.length; d++) {
            periodic[d] = axes.get(d).periodic();
        }
        return new MetadataBuilder()
                .putLong("version", VERSION)
                .putString("problem", problem)
                .putString("specification", specification)
                .putLong("train", train)
                .putLong("test", test)
                .putStringArray(
                        "fields", fields.stream().map(FieldMetadata::name).toArray(String[]::new))
                .putLongArray(
                        "points",
                        axes.stream().mapToLong(RegularGrid.Axis::points).toArray())
                .putDoubleArray(
                        "lower",
                        axes.stream().mapToDouble(RegularGrid.Axis::lower).toArray())
                .putDoubleArray(
                        "upper",
                        axes.stream().mapToDouble(RegularGrid.Axis::upper).toArray())
                .putBooleanArray("periodic", periodic)
                .build();
    }

    private static StructField withMetadata(StructField column, Metadata metadata) {
        Metadata own = new MetadataBuilder().putMetadata(KEY, metadata).build();
        return new StructField(column.name(), column.dataType(), column.nullable(), own);
    }

    /**
     * Reads the metadata of a schema.
     *
     * @param place where the schema comes from, for messages
     * @throws IllegalArgumentException if the schema is not that of a dataset of this library and version
     */
    static DatasetMetadata of(StructType schema, String place) {
        if (!Arrays.asList(schema.fieldNames()).contains(INDEX)
                || !schema.apply(INDEX).metadata().contains(KEY)) {
            throw new IllegalArgumentException("The Parquet files at " + place + " (columns "
                    + String.join(", ", schema.fieldNames())
                    + ") are not a dataset of this library; generate one or convert them first.");
        }
        Metadata dataset = schema.apply(INDEX).metadata().getMetadata(KEY);
        long version = dataset.getLong("version");
        if (version != VERSION) {
            throw new IllegalArgumentException("The dataset at " + place + " has format version " + version
                    + ", but this library reads version " + VERSION + "; generate it anew.");
        }
        try {
            return parse(schema, dataset);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The metadata of the dataset at " + place + " is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static DatasetMetadata parse(StructType schema, Metadata dataset) {
        List<RegularGrid.Axis> axes = new ArrayList<>();
        long[] points = dataset.getLongArray("points");
        for (int d = 0; d < points.length; d++) {
            axes.add(new RegularGrid.Axis(
                    Math.toIntExact(points[d]),
                    dataset.getDoubleArray("lower")[d],
                    dataset.getDoubleArray("upper")[d],
                    dataset.getBooleanArray("periodic")[d]));
        }
        List<FieldMetadata> fields = new ArrayList<>();
        for (String name : dataset.getStringArray("fields")) {
            Metadata own = schema.apply(name).metadata().getMetadata(KEY);
            fields.add(new FieldMetadata(
                    name, UnitGaussian.channelWise(own.getDouble("mean"), own.getDouble("deviation"))));
        }
        return new DatasetMetadata(
                dataset.getString("problem"),
                dataset.getString("specification"),
                Math.toIntExact(dataset.getLong("train")),
                Math.toIntExact(dataset.getLong("test")),
                new RegularGrid(axes),
                fields);
    }
}
