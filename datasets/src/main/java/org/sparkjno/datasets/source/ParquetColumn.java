// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A column of Parquet files, read row by row where it lies, without Spark's driver: the rows that are wanted are found by the
 * column {@code index}, of whose pages and row groups the files keep the bounds.
 *
 * @param location the directory of the files
 * @param column its name
 * @param parts the files with rows
 * @param schema of the two columns that are read
 * @param rows how many there are
 * @param width numbers of a row
 */
public record ParquetColumn(String location, String column, List<Part> parts, String schema, int rows, int width)
        implements Serializable {
    /**
     * A file.
     *
     * @param path where it is
     * @param first the least index of its rows
     * @param last the greatest index of its rows
     */
    public record Part(String path, long first, long last) implements Serializable {
        private boolean holds(int row) {
            return first <= row && row <= last;
        }
    }

    public ParquetColumn {
        parts = List.copyOf(parts);
    }

    /**
     * Opens a column.
     *
     * @param location a directory of any file system that Hadoop knows
     * @throws IOException when the files cannot be read
     * @throws IllegalArgumentException when there is no such column of numbers, or no {@code index} that counts the rows from 0
     */
    public static ParquetColumn open(String location, String column) throws IOException {
        Configuration configuration = configuration();
        List<Part> parts = new ArrayList<>();
        MessageType schema = null;
        long rows = 0;
        for (FileStatus file : files(location, configuration)) {
            try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration))) {
                ParquetMetadata footer = reader.getFooter();
                schema = projection(footer.getFileMetaData().getSchema(), column, location);
                if (reader.getRecordCount() > 0) {
                    parts.add(part(file, footer));
                    rows += reader.getRecordCount();
                }
            }
        }
        long count = rows;
        long last = parts.stream().mapToLong(Part::last).max().orElse(-1);
        if (schema == null || parts.stream().anyMatch(part -> part.first() < 0) || last != count - 1) {
            throw new IllegalArgumentException("The column '" + DatasetMetadata.INDEX + "' of " + location
                    + " does not count its " + count + " rows from 0; write one that does.");
        }
        ParquetColumn narrow = new ParquetColumn(location, column, parts, schema.toString(), Math.toIntExact(count), 0);
        int width = narrow.found(new int[] {0}).values().iterator().next().length;
        return new ParquetColumn(location, column, parts, schema.toString(), Math.toIntExact(count), width);
    }

    /** That of Spark, where this runs in a driver or a task. */
    private static Configuration configuration() {
        return SparkEnv.get() == null
                ? new Configuration()
                : SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    }

    private static List<FileStatus> files(String location, Configuration configuration) throws IOException {
        Path directory = new Path(location);
        try {
            List<FileStatus> files = Arrays.stream(
                            directory.getFileSystem(configuration).listStatus(directory))
                    .filter(file -> file.isFile() && file.getPath().getName().endsWith(".parquet"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException("There are no Parquet files in " + location + ".");
            }
            return files;
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("There are no Parquet files at " + location + ".", e);
        }
    }

    private static MessageType projection(MessageType schema, String column, String location) {
        if (!schema.containsField(column)) {
            throw new IllegalArgumentException("The files at " + location + " have no column '" + column + "', but "
                    + schema.getFields().stream().map(Type::getName).toList() + ".");
        }
        if (!schema.containsField(DatasetMetadata.INDEX)
                || !schema.getType(DatasetMetadata.INDEX).isPrimitive()
                || schema.getType(DatasetMetadata.INDEX).asPrimitiveType().getPrimitiveTypeName()
                        != PrimitiveTypeName.INT64) {
            throw new IllegalArgumentException("The files at " + location + " have no column '" + DatasetMetadata.INDEX
                    + "' of 64-bit integers, which tells the samples apart; add one that counts the rows from 0.");
        }
        return new MessageType(schema.getName(), schema.getType(DatasetMetadata.INDEX), schema.getType(column));
    }

    private static Part part(FileStatus file, ParquetMetadata footer) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (BlockMetaData block : footer.getBlocks()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                if (chunk.getPath().toDotString().equals(DatasetMetadata.INDEX)) {
                    first = Math.min(first, bound(chunk.getStatistics().genericGetMin()));
                    last = Math.max(last, bound(chunk.getStatistics().genericGetMax()));
                }
            }
        }
        return new Part(file.getPath().toString(), first, last);
    }

    /** Below every index where a writer kept no bounds. */
    private static long bound(Object value) {
        return value instanceof Long number ? number : -1;
    }

    /**
     * Some rows, one after another.
     *
     * @throws IOException when they cannot be read
     */
    public double[] read(int[] samples) throws IOException {
        Map<Long, double[]> found = found(samples);
        double[] values = new double[Math.multiplyExact(samples.length, width)];
        for (int i = 0; i < samples.length; i++) {
            double[] row = found.get((long) samples[i]);
            if (row == null || row.length != width) {
                throw new IOException("sample " + samples[i] + " has "
                        + (row == null ? "no row" : row.length + " numbers instead of " + width));
            }
            System.arraycopy(row, 0, values, i * width, width);
        }
        return values;
    }

    private Map<Long, double[]> found(int[] samples) throws IOException {
        Configuration configuration = configuration();
        configuration.set(ReadSupport.PARQUET_READ_SCHEMA, schema);
        Map<Long, double[]> found = new HashMap<>();
        for (Part part : parts) {
            Set<Long> wanted = new HashSet<>();
            Arrays.stream(samples).filter(part::holds).forEach(sample -> wanted.add((long) sample));
            if (wanted.isEmpty()) {
                continue;
            }
            FilterCompat.Filter filter =
                    FilterCompat.get(FilterApi.in(FilterApi.longColumn(DatasetMetadata.INDEX), wanted));
            try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), new Path(part.path()))
                    .withConf(configuration)
                    .withFilter(filter)
                    .build()) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    found.put(row.getLong(DatasetMetadata.INDEX, 0), numbers(row));
                }
            }
        }
        return found;
    }

    private double[] numbers(Group row) {
        Type type = row.getType().getType(column);
        if (row.getFieldRepetitionCount(column) == 0) {
            return new double[0];
        }
        if (type.isPrimitive()) {
            return type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                    ? SampleRow.values(row.getBinary(column, 0).getBytes())
                    : new double[] {number(row, row.getType().getFieldIndex(column))};
        }
        Group list = row.getGroup(column, 0);
        double[] numbers = new double[list.getFieldRepetitionCount(0)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.getGroup(0, i), 0);
        }
        return numbers;
    }

    private double number(Group group, int field) {
        Type type = group.getType().getType(field);
        PrimitiveTypeName name = type.isPrimitive() ? type.asPrimitiveType().getPrimitiveTypeName() : null;
        if (name == PrimitiveTypeName.FLOAT) {
            return group.getFloat(field, 0);
        }
        if (name == PrimitiveTypeName.DOUBLE) {
            return group.getDouble(field, 0);
        }
        throw new IllegalArgumentException("The column '" + column + "' of " + location + " holds " + type
                + ", but floats, doubles, arrays of them, or bytes of 32-bit floats are read; cast it.");
    }
}
