// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.generate.Burgers;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.generate.Problem;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.sample.UnitGaussian;

class ParquetDatasetTest {
    private static final Specification SMALL = new Specification(new Darcy(17, 2), 3, 8, 4);

    private static SparkSession spark;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<PdeSample> sorted(List<PdeSample> samples) {
        List<PdeSample> sorted = new ArrayList<>(samples);
        sorted.sort(Comparator.comparing(PdeSample::seed));
        return sorted;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void whatWasGeneratedIsReadBack() throws IOException {
        String location = directory.resolve("darcy").toString();
        ParquetDataset dataset = ParquetDataset.generate(spark, SMALL, location);
        List<PdeSample> train = sorted(dataset.samples(Split.TRAIN).collect());
        List<PdeSample> test = sorted(dataset.samples(Split.TEST).collect());
        assertThat(train).hasSize(8);
        assertThat(test).hasSize(4);
        Problem.Generator generator = SMALL.problem().generator();
        for (int index = 0; index < 12; index++) {
            PdeSample stored = index < 8 ? train.get(index) : test.get(index - 8);
            PdeSample made = generator.sample(SMALL.sampleSeed(index));
            assertThat(stored.seed()).isEqualTo(made.seed());
            for (Field field : made.fields()) {
                double[] values = stored.field(field.name()).data();
                for (int i = 0; i < values.length; i++) {
                    assertThat(values[i]).isEqualTo((float) field.data()[i]);
                }
            }
        }
        assertThat(names(directory)).containsExactly("darcy");

        DatasetMetadata metadata = ParquetDataset.open(spark, location).metadata();
        assertThat(metadata.problem()).isEqualTo("darcy");
        assertThat(metadata.specification()).isEqualTo(SMALL.toString());
        assertThat(metadata.grid()).isEqualTo(RegularGrid.unit(2, 9));
        for (String name : List.of("coefficient", "solution")) {
            UnitGaussian expected = UnitGaussian.channelWise(
                    train.stream().map(sample -> sample.field(name)).toList());
            assertThat(metadata.field(name).normaliser()).isEqualTo(expected);
        }
    }

    @Test
    void partitioningChangesNothing() {
        Generation generation = new Generation(spark, SMALL);
        List<List<byte[]>> runs = new ArrayList<>();
        for (int partitions : new int[] {1, 2, 5}) {
            List<byte[]> bytes = new ArrayList<>();
            for (Row row : generation.rows(partitions).collect()) {
                bytes.add(row.getAs(3));
                bytes.add(row.getAs(4));
            }
            runs.add(bytes);
        }
        for (List<byte[]> run : runs) {
            assertThat(run).hasSize(24).usingElementComparator(Arrays::compare).isEqualTo(runs.get(0));
        }
    }

    @Test
    void existingDatasetIsReusedOrRefused() throws IOException {
        String location = directory.resolve("data").toString();
        ParquetDataset.generate(spark, SMALL, location);
        List<String> files = names(Path.of(location));
        ParquetDataset.generate(spark, SMALL, location);
        assertThat(names(Path.of(location))).isEqualTo(files);
        Specification other = new Specification(new Darcy(17, 2), 4, 8, 4);
        assertThatThrownBy(() -> ParquetDataset.generate(spark, other, location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lies another dataset")
                .hasMessageContaining("seed=3")
                .hasMessageContaining("choose another place");
    }

    @Test
    void parametersAndPeriodicGridsSurvive() {
        Specification burgers = new Specification(new Burgers(0.1, 64), 0, 2, 1);
        ParquetDataset dataset = ParquetDataset.generate(
                spark, burgers, directory.resolve("burgers").toString());
        assertThat(dataset.metadata().grid()).isEqualTo(RegularGrid.periodicUnit(1, 64));
        PdeSample sample = dataset.samples(Split.TEST).first();
        assertThat(sample.parameters()).containsEntry(Burgers.VISCOSITY, 0.1);
        assertThat(dataset.metadata().field("initial").normaliser().mean()[0]).isCloseTo(0, within(1e-3));
    }

    @Test
    void failureLeavesNothingBehind() throws IOException {
        Specification broken = new Specification(new Broken(), 0, 4, 0);
        assertThatThrownBy(() -> ParquetDataset.generate(
                        spark, broken, directory.resolve("x").toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be generated: Sample 2: field 'u' is NaN at position [1]");
        assertThat(names(directory)).isEmpty();
    }

    /** A problem whose third sample is not a number. */
    private record Broken() implements Problem {
        private static final long serialVersionUID = 1L;

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public RegularGrid grid() {
            return RegularGrid.unit(1, 2);
        }

        @Override
        public List<String> fieldNames() {
            return List.of("u");
        }

        @Override
        public Generator generator() {
            return seed -> new PdeSample(
                    seed,
                    grid(),
                    List.of(new Field("u", new int[] {2}, new double[] {1, seed == 2 ? Double.NaN : 0})),
                    Map.of());
        }
    }

    @Test
    void badDatasetsAreNamed() throws IOException {
        assertThatThrownBy(() ->
                        ParquetDataset.open(spark, directory.resolve("none").toString()))
                .hasMessageContaining("There is no dataset at")
                .hasMessageContaining("none");

        String foreign = directory.resolve("foreign").toString();
        spark.range(3).write().parquet(foreign);
        assertThatThrownBy(() -> ParquetDataset.open(spark, foreign))
                .hasMessageContaining("(columns id) are not a dataset of this library");

        Path text = Files.createDirectory(directory.resolve("text"));
        Files.writeString(text.resolve("part-0.parquet"), "this is no Parquet file, only text");
        assertThatThrownBy(() -> ParquetDataset.open(spark, text.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read as Parquet");

        Path partial = directory.resolve("partial");
        ParquetDataset.generate(spark, SMALL, partial.toString());
        String victim = names(partial).stream()
                .filter(name -> name.endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        Files.delete(partial.resolve(victim));
        assertThatThrownBy(() -> ParquetDataset.open(spark, partial.toString()))
                .hasMessageContaining("of its 12 samples");
    }
}
