// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.datasets.sample.Split;
import scala.jdk.javaapi.CollectionConverters;

/** A sample as a row of the schema of {@link DatasetMetadata}: fields as little-endian 32-bit floats. */
final class SampleRow {
    private SampleRow() {}

    static Row encode(long index, Split split, PdeSample sample) {
        List<Object> cells = new ArrayList<>();
        cells.add(index);
        cells.add(sample.seed());
        cells.add(split.name());
        for (Field field : sample.fields()) {
            cells.add(bytes(field.data()));
        }
        cells.add(CollectionConverters.asScala(sample.parameters()));
        return RowFactory.create(cells.toArray());
    }

    static PdeSample decode(Row row, RegularGrid grid, List<String> fieldNames) {
        long seed = row.getAs(DatasetMetadata.SEED);
        List<Field> fields = new ArrayList<>();
        for (String name : fieldNames) {
            byte[] bytes = row.getAs(name);
            if (bytes.length != Float.BYTES * grid.points()) {
                throw new IllegalArgumentException("Sample " + seed + ": field '" + name + "' has " + bytes.length
                        + " bytes instead of " + Float.BYTES * grid.points() + "; generate the dataset anew.");
            }
            fields.add(new Field(name, grid.shape(), values(bytes)));
        }
        Map<String, Double> parameters = row.getJavaMap(row.fieldIndex(DatasetMetadata.PARAMETERS));
        return new PdeSample(seed, grid, fields, parameters);
    }

    static double[] values(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.length / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getFloat();
        }
        return values;
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putFloat((float) value);
        }
        return buffer.array();
    }
}
