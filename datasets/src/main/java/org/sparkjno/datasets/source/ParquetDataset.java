// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.datasets.sample.Split;

/**
 * Samples kept as Parquet, with columns {@code index}, {@code seed}, {@code split}, one binary column of little-endian
 * 32-bit floats per field, and {@code parameters}. The schema carries grid, specification and normalisation statistics.
 */
public final class ParquetDataset {
    private final Dataset<Row> rows;
    private final DatasetMetadata metadata;

    private ParquetDataset(Dataset<Row> rows, DatasetMetadata metadata) {
        this.rows = rows;
        this.metadata = metadata;
    }

    /**
     * Generates a dataset on the executors, or opens the one that is already there if it has the same specification. The
     * files are written beside the destination and renamed at the end, so a dataset is there whole or not at all.
     *
     * @param location a directory of any file system that Hadoop knows
     * @throws IllegalArgumentException if something else is already there
     * @throws IllegalStateException if a sample cannot be made; the message says which and why
     * @throws UncheckedIOException if the file system fails
     */
    public static ParquetDataset generate(SparkSession spark, Specification specification, String location) {
        Path destination = new Path(location);
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        try {
            FileSystem files = destination.getFileSystem(configuration);
            if (!files.exists(destination)) {
                Path part = new Path(
                        files.makeQualified(destination).getParent(),
                        "." + destination.getName() + "." + UUID.randomUUID() + ".part");
                try {
                    write(spark, specification, part);
                    commit(files, part, destination);
                } finally {
                    files.delete(part, true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The dataset could not be written to " + location + ": " + e.getMessage(), e);
        }
        ParquetDataset dataset = open(spark, location);
        if (!dataset.metadata.specification().equals(specification.toString())) {
            throw new IllegalArgumentException("At " + location + " lies another dataset, "
                    + dataset.metadata.specification() + ", not " + specification
                    + "; choose another place or remove it.");
        }
        return dataset;
    }

    private static void write(SparkSession spark, Specification specification, Path part) {
        try {
            new Generation(spark, specification).write(part.toString());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The dataset " + specification + " could not be generated: " + SparkFailure.reason(e), e);
        }
    }

    private static void commit(FileSystem files, Path part, Path destination) throws IOException {
        if (files.exists(destination) || !files.rename(part, destination)) {
            throw new IOException("it could not be renamed from " + part + ", or another writer was faster");
        }
    }

    /**
     * Opens a dataset and checks that all of its samples are there.
     *
     * @throws IllegalArgumentException if there is none, or one of other origin, or a damaged one
     */
    public static ParquetDataset open(SparkSession spark, String location) {
        Path path = new Path(location);
        try {
            if (!path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
                throw new IllegalArgumentException("There is no dataset at " + location + "; generate one first.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The dataset at " + location + " cannot be reached: " + e.getMessage(), e);
        }
        Dataset<Row> rows = readable(location, () -> spark.read().parquet(location));
        DatasetMetadata metadata = DatasetMetadata.of(rows.schema(), location);
        long count = readable(location, rows::count);
        long expected = (long) metadata.train() + metadata.test();
        if (count != expected) {
            throw new IllegalArgumentException("The dataset at " + location + " has " + count + " of its " + expected
                    + " samples; remove it and generate it anew.");
        }
        return new ParquetDataset(rows, metadata);
    }

    private static <T> T readable(String location, Callable<T> reading) {
        try {
            return reading.call();
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "The files at " + location + " cannot be read as Parquet (" + SparkFailure.reason(e)
                            + "); remove them and generate the dataset anew.",
                    e);
        }
    }

    public DatasetMetadata metadata() {
        return metadata;
    }

    /** The stored rows, for whoever wants to go on with Spark SQL. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** The samples of a split, in no particular order; their seeds tell them apart and order them. */
    public JavaRDD<PdeSample> samples(Split split) {
        RegularGrid grid = metadata.grid();
        List<String> names = List.copyOf(metadata.fields().stream()
                .map(DatasetMetadata.FieldMetadata::name)
                .toList());
        return rows.filter(functions.col(DatasetMetadata.SPLIT).equalTo(split.name()))
                .javaRDD()
                .map(row -> SampleRow.decode(row, grid, names));
    }
}
