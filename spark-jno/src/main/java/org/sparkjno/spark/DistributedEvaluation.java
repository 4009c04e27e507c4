// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkjno.checkpoint.Checkpoint;
import org.sparkjno.checkpoint.Checkpoints;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.source.DatasetMetadata;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.train.Evaluation;
import org.sparkjno.train.SampleStore;
import org.sparkjno.train.StepFunction;
import org.sparkjno.train.StepGraphs;
import org.sparkjno.train.TrainingPair;

/** Applies a trained model to samples where they lie. */
public final class DistributedEvaluation {
    /**
     * A prediction beside the truth.
     *
     * @param index of the sample
     * @param values predicted field, row-major, in its own units
     * @param error relative L2 error
     */
    public record Prediction(long index, float[] values, double error) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private final String checkpoint;
    private final Pairing pairing;
    private final Shape shape;

    /**
     * A model and the way it sees samples.
     *
     * @param checkpoint a checkpoint, or a directory of checkpoints of which the newest counts; on a file system that all
     *     tasks reach
     */
    public DistributedEvaluation(String checkpoint, DatasetMetadata metadata, Pairing pairing) {
        this.checkpoint = checkpoint;
        this.pairing = pairing;
        this.shape = pairing.shape(metadata.grid().shape());
    }

    /** The functions that the tasks compile. */
    public List<StepFunction> functions() throws IOException {
        return new StepGraphs(read(checkpoint).run().recipe(), shape, shape).evaluation();
    }

    /** Predictions for all samples; one model is compiled per partition. */
    public JavaRDD<Prediction> predict(JavaRDD<PdeSample> samples) {
        String where = checkpoint;
        Pairing how = pairing;
        Shape field = shape;
        return samples.mapPartitions(rows -> partition(where, how, field, rows));
    }

    /** Errors of all samples, by index. */
    public double[] errors(JavaRDD<PdeSample> samples) {
        return predict(samples)
                .map(prediction -> new Prediction(prediction.index(), new float[0], prediction.error()))
                .collect()
                .stream()
                .sorted(Comparator.comparingLong(Prediction::index))
                .mapToDouble(Prediction::error)
                .toArray();
    }

    private static Iterator<Prediction> partition(
            String checkpoint, Pairing pairing, Shape shape, Iterator<PdeSample> rows) throws IOException {
        List<TrainingPair> pairs = new ArrayList<>();
        rows.forEachRemaining(sample -> pairs.add(pairing.pair(sample)));
        return predict(read(checkpoint), shape, pairs).iterator();
    }

    /** Reads a checkpoint with the Hadoop settings of the running application. */
    public static Checkpoint read(String checkpoint) throws IOException {
        Configuration hadoop =
                SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
        Path path = new Path(checkpoint);
        return Checkpoints.read(path.getFileSystem(hadoop), path);
    }

    /** Predictions in this process, ordered by index. */
    public static List<Prediction> predict(Checkpoint checkpoint, Shape shape, List<TrainingPair> pairs) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        SampleStore store = SampleStore.of(shape, shape, pairs.iterator());
        try (Device device = CpuDevice.open();
                Evaluation evaluation =
                        Evaluation.open(device, checkpoint.run().recipe(), checkpoint.weights(), shape, shape)) {
            double[] errors = evaluation.errors(store);
            float[][] values = evaluation.predictions(store);
            List<Prediction> predictions = new ArrayList<>();
            for (int i = 0; i < errors.length; i++) {
                predictions.add(new Prediction(store.get(i).index(), values[i], errors[i]));
            }
            return predictions;
        }
    }
}
