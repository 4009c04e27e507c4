// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.checkpoint.RunJson;
import org.sparkjno.checkpoint.RunState;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.train.Cadence;
import org.sparkjno.train.StepFunction;
import org.sparkjno.train.StepGraphs;
import org.sparkjno.train.VirtualShards;
import scala.Tuple2;

/**
 * Trains a model on a dataset: the samples are dealt to as many partitions as there are replicas, and each task of one
 * barrier stage trains a replica on the samples of its partition.
 */
public final class DistributedTraining {
    private final SparkSession session;
    private final ParquetDataset dataset;
    private final Pairing pairing;
    private final int replicas;

    /**
     * Training on a dataset.
     *
     * @param pairing which fields the model reads and predicts
     * @param replicas number of tasks that train
     */
    public DistributedTraining(SparkSession session, ParquetDataset dataset, Pairing pairing, int replicas) {
        this.session = session;
        this.dataset = dataset;
        this.pairing = pairing;
        this.replicas = replicas;
    }

    /**
     * Steps of one epoch with so many samples per step and replica: what the replica with the fewest samples can do.
     *
     * @throws IllegalArgumentException when that replica has less than one batch
     */
    public int stepsPerEpoch(int batch) {
        int world = replicas;
        Map<Integer, Long> counts = dataset.samples(Split.TRAIN)
                .map(sample -> VirtualShards.DEFAULT.rank(sample.seed(), world))
                .countByValue();
        long fewest = IntStream.range(0, world)
                .mapToLong(rank -> counts.getOrDefault(rank, 0L))
                .min()
                .orElse(0);
        if (fewest < batch) {
            throw new IllegalArgumentException(
                    "A task would have " + fewest + " training samples, fewer than a batch of " + batch
                            + "; generate more samples, or use a smaller batch or fewer tasks.");
        }
        return Math.toIntExact(fewest / batch);
    }

    /** The functions that the tasks compile. */
    public List<StepFunction> functions(Recipe recipe) {
        Shape shape = pairing.shape(dataset.metadata().grid().shape());
        return new StepGraphs(recipe, shape, shape).training(replicas);
    }

    /**
     * Trains to the end, over as many generations as it takes.
     *
     * @param name of the run, for Spark's pages and the log
     * @param recipe what decides the weights; the statistics of the dataset go into the model's buffers
     * @param cadence how long, and when to save
     * @param checkpoints directory of the checkpoints, on a file system that all tasks reach
     * @param resume whether to go on from the newest checkpoint; if not, there must be none
     * @param audience hears where the ranks stand
     * @return the run at its end
     */
    public RunState run(
            String name,
            Recipe recipe,
            Cadence cadence,
            String checkpoints,
            boolean resume,
            Consumer<Progress> audience) {
        JavaSparkContext spark = Sessions.contextOf(session);
        ReplicaProgram program = new ReplicaProgram(
                recipe,
                Statistics.of(dataset.metadata(), pairing),
                cadence,
                checkpoints,
                resume,
                pairing.shape(dataset.metadata().grid().shape()));
        List<byte[]> states = new Generations(spark, GenerationSettings.named(name), audience)
                .run(dealt(), generation -> generation == 0 ? program : program.resuming());
        try {
            return RunJson.read("the state of rank 0", states.get(0));
        } catch (IOException e) {
            throw new IllegalStateException("Rank 0 answered with something that is not its state.", e);
        }
    }

    /** All samples, each in the partition of the rank that holds it. */
    private JavaRDD<Example> dealt() {
        JavaRDD<Example> training = examples(Split.TRAIN);
        JavaRDD<Example> heldOut = examples(Split.TEST);
        JavaPairRDD<Long, Example> keyed = training.union(heldOut)
                .mapToPair(example -> new Tuple2<>(example.pair().index(), example));
        return keyed.partitionBy(new ByRank(replicas)).values();
    }

    private JavaRDD<Example> examples(Split split) {
        Pairing how = pairing;
        boolean heldOut = split == Split.TEST;
        JavaRDD<PdeSample> samples = dataset.samples(split);
        return samples.map(sample -> new Example(heldOut, how.pair(sample)));
    }

    /** Deals samples to ranks by their virtual shards. */
    private static final class ByRank extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int world;

        ByRank(int world) {
            this.world = world;
        }

        @Override
        public int numPartitions() {
            return world;
        }

        @Override
        public int getPartition(Object key) {
            return VirtualShards.DEFAULT.rank((Long) key, world);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByRank that && world == that.world;
        }

        @Override
        public int hashCode() {
            return world;
        }
    }
}
