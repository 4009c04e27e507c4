// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.generate.Burgers;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.tests.process.JavaProcess;

/** What is wrong is said in one sentence that names the thing and the remedy, and leaves nothing half-written. */
final class BadInputTest {
    @TempDir
    static Path directory;

    private static Path data;
    private static Path checkpoints;

    @BeforeAll
    static void trainOnce() throws IOException {
        data = directory.resolve("data");
        SmallDarcy.generate(data, SmallDarcy.PROBLEM);
        Path out = directory.resolve("trained");
        assertThat(SmallDarcy.train(data, out).status()).isZero();
        checkpoints = out.resolve("checkpoints");
    }

    @Test
    void aMissingDataset(@TempDir Path place) {
        Path missing = place.resolve("missing");
        assertSentence(SmallDarcy.train(missing, place.resolve("out")), missing.toString(), "generate one first");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void notANumberInASample(@TempDir Path place) throws Exception {
        Path broken = spoilt(place.resolve("data"), 17, Float.NaN);
        Path out = place.resolve("out");
        try (JavaProcess process = JavaProcess.jno(
                Map.of("spark.master", "local[2]"),
                "train",
                "darcy",
                "--data",
                broken.toString(),
                "--out",
                out.toString(),
                "--json")) {
            assertThat(process.status()).isEqualTo(1);
            assertThat(process.errors())
                    .singleElement()
                    .asString()
                    .contains("Sample 17", "'solution'", "NaN", "repair or remove");
            JsonNode report = new ObjectMapper().readTree(process.output());
            assertThat(report.get("status").asText()).isEqualTo("failed");
            assertThat(report.get("error").asText()).startsWith("Sample 17");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void aLossThatIsNotFinite(@TempDir Path place) throws Exception {
        Path huge = spoilt(place.resolve("data"), 17, 3e38f);
        Path out = place.resolve("out");
        JnoRun run = SmallDarcy.train(huge, out, "--checkpoint-steps", 1);
        assertSentence(run, "in step", "learning rate", "lower the rate", "step-0000000");
        assertThat(names(out.resolve("checkpoints"))).allMatch(name -> name.startsWith("step-"));
    }

    @Test
    void aGridTooCoarseForTheModel(@TempDir Path place) throws IOException {
        SmallDarcy.generate(place.resolve("coarse"), new Darcy(5, 1));
        assertSentence(evaluate(checkpoints, place.resolve("coarse")), "8 points", "Fourier modes", "finer grid");
    }

    @Test
    void aGridTooCoarseToTrainOn(@TempDir Path place) throws IOException {
        SmallDarcy.generate(place.resolve("coarse"), new Darcy(5, 1));
        Path out = place.resolve("out");
        assertSentence(SmallDarcy.train(place.resolve("coarse"), out), "8 points", "Fourier modes", "finer grid");
        assertThat(out).doesNotExist();
    }

    @Test
    void anotherNumberOfDimensionsThanTheModelHas(@TempDir Path place) throws IOException {
        SmallDarcy.generate(place.resolve("line"), new Burgers(0.1, 32));
        assertSentence(evaluate(checkpoints, place.resolve("line")), "2 space axes", "32", "take a model");
    }

    @Test
    void samplesOfAnotherProblem(@TempDir Path place) throws IOException {
        Path line = place.resolve("line");
        SmallDarcy.generate(line, new Burgers(0.1, 32));
        assertSentence(SmallDarcy.train(line, place.resolve("out")), line.toString(), "burgers", "darcy");
        assertThat(place.resolve("out")).doesNotExist();
    }

    @Test
    void aCheckpointWithAFlippedBit(@TempDir Path place) throws IOException {
        Path copy = copyOfNewest(place);
        Path weights = copy.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        assertSentence(evaluate(copy, data), "weights.safetensors", "delete its checkpoint directory");
    }

    @Test
    void aForeignDirectoryAsCheckpoint(@TempDir Path place) throws IOException {
        Files.writeString(place.resolve("weights.safetensors"), "not ours");
        assertSentence(evaluate(place, data), place.toString(), "no complete checkpoint", "name the output directory");
    }

    @Test
    void aForeignFileAsCheckpoint(@TempDir Path place) throws IOException {
        Path file = Files.writeString(place.resolve("model.pt"), "not ours");
        assertSentence(evaluate(file, data), file.toString(), "no complete checkpoint", "name the output directory");
    }

    @Test
    void anOutputDirectoryThatIsTaken() {
        assertSentence(SmallDarcy.train(data, checkpoints.getParent()), "already a checkpoint", "resume");
    }

    @Test
    void tooFewTaskSlots(@TempDir Path place) {
        Path out = place.resolve("out");
        JnoRun run = JnoRun.of("train", "darcy", "--data", data, "--out", out, "--tasks", 5);
        assertSentence(run, "5 task slots", "local[2] has 2", "fewer tasks");
        assertThat(out).doesNotExist();
    }

    @Test
    void anOutputDirectoryThatCannotBeWritten(@TempDir Path place) throws IOException {
        Path file = Files.createFile(place.resolve("file"));
        assertSentence(SmallDarcy.train(data, file.resolve("out")), file + " is a file", "--out");
    }

    @Test
    void aCacheThatCannotBeWritten(@TempDir Path place) throws Exception {
        Path file = Files.createFile(place.resolve("file"));
        try (JavaProcess process = JavaProcess.jno(
                Map.of("org.sparkjno.cache", file.resolve("cache").toString()), "doctor")) {
            assertThat(process.status()).isEqualTo(1);
            assertThat(process.errors())
                    .singleElement()
                    .asString()
                    .contains("cache directory " + file, "Not a directory", "SPARK_JNO_CACHE=DIR");
        }
    }

    @Test
    void stackTracesAreForTheVerbose(@TempDir Path place) {
        JnoRun run = SmallDarcy.train(place.resolve("missing"), place.resolve("out"), "--verbose");
        assertThat(run.err()).contains("There is no dataset", "\tat org.sparkjno.");
    }

    private static JnoRun evaluate(Path checkpoint, Path dataset) {
        return JnoRun.of("evaluate", "--checkpoint", checkpoint, "--data", dataset);
    }

    /** Status 1 and, after lines of progress, one line that holds all of these words. */
    private static void assertSentence(JnoRun run, String... words) {
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        List<String> said =
                run.errors().stream().filter(line -> !line.startsWith("[")).toList();
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).startsWith("jno ").contains(words).endsWith(".");
    }

    /** A copy of the dataset with one value of one solution replaced. */
    private static Path spoilt(Path copy, long sample, float value) throws IOException {
        try (SparkSession session = SmallDarcy.session()) {
            ParquetDataset dataset = ParquetDataset.open(session, data.toString());
            int index = dataset.rows().schema().fieldIndex("seed");
            int solution = dataset.rows().schema().fieldIndex(Darcy.SOLUTION);
            List<Row> rows = dataset.rows().collectAsList().stream()
                    .map(row -> row.getLong(index) == sample ? spoilt(row, solution, value) : row)
                    .toList();
            session.createDataFrame(rows, dataset.rows().schema()).write().parquet(copy.toString());
        }
        return copy;
    }

    private static Row spoilt(Row row, int column, float value) {
        Object[] cells = new Object[row.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.get(i);
        }
        byte[] field = ((byte[]) cells[column]).clone();
        ByteBuffer.wrap(field)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(field.length / 2 / Float.BYTES * Float.BYTES, value);
        cells[column] = field;
        return RowFactory.create(cells);
    }

    private static Path copyOfNewest(Path place) throws IOException {
        List<String> all = names(checkpoints);
        Path newest = checkpoints.resolve(all.get(all.size() - 1));
        Path copy = Files.createDirectory(place.resolve("copy"));
        for (String name : names(newest)) {
            Files.copy(newest.resolve(name), copy.resolve(name));
        }
        return copy;
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> entries = Files.list(place)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
