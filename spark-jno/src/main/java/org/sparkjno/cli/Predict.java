// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.spark.DistributedEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jno predict}: the fields that a trained model predicts. */
@Command(
        name = "predict",
        description = "Writes the predictions of a trained model for all samples of a dataset as Parquet: columns "
                + "seed, prediction (little-endian 32-bit floats, row-major) and relative_l2.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  jno predict --checkpoint runs/darcy/checkpoints --data runs/darcy/data --out predictions"
        })
final class Predict extends Task {
    private static final StructType SCHEMA = new StructType(new StructField[] {
        DataTypes.createStructField("seed", DataTypes.LongType, false),
        DataTypes.createStructField("prediction", DataTypes.BinaryType, false),
        DataTypes.createStructField("relative_l2", DataTypes.DoubleType, false)
    });

    @Mixin
    private SparkOptions spark;

    @Mixin
    private ModelOptions options;

    @Mixin
    private ExplainOptions explain;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the predictions will lie.")
    private String out;

    @Override
    Outcome execute() throws Exception {
        long count = spark.with(session -> {
            DistributedEvaluation.read(options.checkpoint());
            ParquetDataset dataset = ParquetDataset.open(session, options.data());
            JavaRDD<PdeSample> samples = dataset.samples(Split.TRAIN).union(dataset.samples(Split.TEST));
            DistributedEvaluation model = options.model(dataset.metadata());
            explain.write(model.functions(), console());
            JavaRDD<Row> rows = model.predict(samples).map(Predict::row);
            session.createDataFrame(rows, SCHEMA)
                    .write()
                    .mode(SaveMode.ErrorIfExists)
                    .parquet(out);
            return session.read().parquet(out).count();
        });
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("samples", count);
        metrics.put("predictions", out);
        return Outcome.of(metrics, count + " predictions lie in " + out + ".");
    }

    private static Row row(DistributedEvaluation.Prediction prediction) {
        ByteBuffer bytes =
                ByteBuffer.allocate(prediction.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(prediction.values());
        return RowFactory.create(prediction.index(), bytes.array(), prediction.error());
    }
}
