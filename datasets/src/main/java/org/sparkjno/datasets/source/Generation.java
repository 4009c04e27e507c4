// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.sparkjno.datasets.generate.Problem;
import org.sparkjno.datasets.sample.Moments;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.sample.UnitGaussian;
import scala.Tuple2;

/** Makes the samples of a specification on the executors and writes them with their statistics. */
final class Generation {
    /** Partitions per task slot: enough to even out slow samples, few enough to prepare the generator rarely. */
    private static final int PARTITIONS_PER_SLOT = 4;

    private final SparkSession spark;
    private final Specification specification;
    private final List<String> fieldNames;

    Generation(SparkSession spark, Specification specification) {
        this.spark = spark;
        this.specification = specification;
        fieldNames = List.copyOf(specification.problem().fieldNames());
    }

    void write(String location) {
        int slots = spark.sparkContext().defaultParallelism();
        JavaRDD<Row> rows = rows(Math.min(specification.samples(), PARTITIONS_PER_SLOT * slots));
        // Kept, because the statistics must be known before the first file is written.
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            DatasetMetadata metadata = new DatasetMetadata(
                    specification.problem().name(),
                    specification.toString(),
                    specification.train(),
                    specification.test(),
                    specification.problem().grid(),
                    statistics(rows));
            spark.createDataFrame(rows, metadata.toSchema()).write().parquet(location);
        } finally {
            rows.unpersist();
        }
    }

    /** The samples in order of their index, whatever the number of partitions. */
    JavaRDD<Row> rows(int partitions) {
        Specification plan = specification;
        List<Integer> indices = IntStream.range(0, plan.samples()).boxed().toList();
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(indices, partitions)
                .mapPartitions(own -> make(plan, own));
    }

    private static Iterator<Row> make(Specification plan, Iterator<Integer> indices) {
        Problem.Generator generator = plan.problem().generator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return indices.hasNext();
            }

            @Override
            public Row next() {
                int index = indices.next();
                return SampleRow.encode(index, plan.split(index), generator.sample(plan.sampleSeed(index)));
            }
        };
    }

    /** Statistics over the training samples, merged in the order of their index, so that they have the same bits always. */
    private List<DatasetMetadata.FieldMetadata> statistics(JavaRDD<Row> rows) {
        int fields = fieldNames.size();
        List<Tuple2<Long, Moments[]>> parts = new ArrayList<>(rows.filter(Generation::trains)
                .map(row -> new Tuple2<>(row.getLong(0), moments(row, fields)))
                .collect());
        parts.sort(Comparator.comparing(Tuple2::_1));
        List<DatasetMetadata.FieldMetadata> statistics = new ArrayList<>();
        for (int f = 0; f < fields; f++) {
            Moments total = Moments.NONE;
            for (Tuple2<Long, Moments[]> part : parts) {
                total = total.merge(part._2()[f]);
            }
            statistics.add(new DatasetMetadata.FieldMetadata(
                    fieldNames.get(f), UnitGaussian.channelWise(total.mean(), total.deviation())));
        }
        return statistics;
    }

    private static boolean trains(Row row) {
        return row.getString(2).equals(Split.TRAIN.name());
    }

    private static Moments[] moments(Row row, int fields) {
        Moments[] moments = new Moments[fields];
        for (int f = 0; f < fields; f++) {
            moments[f] = Moments.of(SampleRow.values(row.getAs(3 + f)));
        }
        return moments;
    }
}
