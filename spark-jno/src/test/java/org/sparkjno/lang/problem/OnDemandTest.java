// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.format.PdeBenchDarcy;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.domain.Stored;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.feed.Batch;
import org.sparkjno.lang.feed.Coupling;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

/** Rows that are read when a step needs them are those of data that are held. */
class OnDemandTest {
    private static final int ROWS = 7;
    private static final int WIDTH = 6;

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(OnDemandTest.class.getResource(name).toURI());
    }

    private static Numbers.OnDemand stored(String array) throws IOException, URISyntaxException {
        return Stored.npz(fixture("rows.npz"), array);
    }

    private static double[] values() {
        return IntStream.range(0, ROWS * WIDTH)
                .mapToDouble(i -> 0.5 + Math.sin(i))
                .toArray();
    }

    private static double[] loaded(Expression expression, Batch batch, long step) {
        Source source = Parts.sources(expression).iterator().next();
        Feed feed = new Feed(List.of(source), DType.F64, 3, batch, Coupling.of(List.of(), Scheme.AUTOMATIC), 1, 0);
        try (ReferenceDevice device = new ReferenceDevice();
                Buffer buffer = device.allocate(feed.type(source))) {
            feed.load(source, step, 0, buffer);
            return buffer.read().toArray();
        }
    }

    @Test
    void stepsSeeTheRowsOfTheirSamples() throws Exception {
        Numbers.OnDemand rows = stored("rows");
        assertThat(rows.rows()).isEqualTo(ROWS);
        assertThat(rows.width()).isEqualTo(WIDTH);
        assertThat(rows.rows(new int[] {4}))
                .isEqualTo(IntStream.range(24, 30).mapToDouble(i -> values()[i]).toArray());
        Domain grid = Domain.grid(new double[2], new double[] {1, 1}, 2, 3).samples(ROWS);
        Region region = grid.interior();
        Numbers held = new Numbers.Given(values());
        for (Batch batch : List.of(Batch.ALL, new Batch(3, 0, 1), new Batch(2, 4, 1))) {
            for (long step = 0; step < 5; step++) {
                assertThat(loaded(grid.field("f", region, rows, Shape.SCALAR), batch, step))
                        .isEqualTo(loaded(grid.field("f", region, held, Shape.SCALAR), batch, step));
                assertThat(loaded(grid.parameter("p", rows, Shape.of(2, 3)), batch, step))
                        .isEqualTo(loaded(grid.parameter("p", held, Shape.of(2, 3)), batch, step));
            }
        }
    }

    @Test
    void problemsTrainOnThem() throws Exception {
        Domain samples = Domain.interval(0, 1).points(4).samples(ROWS);
        assertThat(losses(samples.parameter("p", stored("rows"), Shape.of(2, 3))))
                .isEqualTo(losses(samples.parameter("p", new Numbers.Given(values()), Shape.of(2, 3))));
    }

    private static double[] losses(Expression data) {
        Model a = Models.coefficient("a", 1).optimizer(Optimisers.adam(1e-2));
        return Problem.minimize(data.minus(a.at()).meanSquare())
                .train(Training.steps(6).batch(3).inDouble())
                .history()
                .total();
    }

    @Test
    void arraysOfArchivesAreReadInPlace(@TempDir Path folder) throws Exception {
        assertThat(stored("rows").draw(ROWS * WIDTH, 0)).isEqualTo(values());
        assertThat(stored("big").draw(ROWS * WIDTH, 0)).isEqualTo(values());
        assertThat(stored("single").rows(new int[] {6, 1})[WIDTH]).isEqualTo((float) values()[WIDTH]);
        try (ZipFile archive = new ZipFile(fixture("rows.npz").toFile());
                InputStream member = archive.getInputStream(archive.getEntry("rows.npy"))) {
            Path alone = folder.resolve("rows.npy");
            Files.copy(member, alone);
            assertThat(Stored.npy(alone).draw(ROWS * WIDTH, 0)).isEqualTo(values());
        }
    }

    @Test
    void partsOfRowsAreRows() throws Exception {
        Numbers.OnDemand tail = stored("rows").between(4, 7);
        assertThat(tail.rows()).isEqualTo(3);
        assertThat(tail.rows(new int[] {2, 0})).isEqualTo(stored("rows").rows(new int[] {6, 4}));
        assertThatThrownBy(() -> tail.between(1, 4))
                .hasMessageContaining("Rows 1 to 4 were asked for, but there are 3");
    }

    /** Files that h5py wrote, of samples of 8 × 8 numbers in several layouts. */
    @ParameterizedTest
    @ValueSource(strings = {"contiguous.h5", "chunked.h5", "big-endian.h5"})
    void rowsOfHdf5AreThoseOfItsReader(String name) throws IOException {
        Path file =
                Path.of("..", "datasets", "src", "test", "resources", "org", "sparkjno", "datasets", "format", name);
        Numbers.OnDemand rows = Stored.hdf5(file, "/tensor");
        try (PdeBenchDarcy darcy = PdeBenchDarcy.open(file)) {
            assertThat(rows.rows()).isEqualTo(darcy.samples());
            assertThat(rows.width()).isEqualTo(darcy.grid().points());
            for (int sample = rows.rows() - 1; sample >= 0; sample--) {
                assertThat(rows.rows(new int[] {sample}))
                        .isEqualTo(darcy.read(sample, sample + 1)
                                .get(0)
                                .field(PdeBenchDarcy.SOLUTION)
                                .data());
            }
        }
        assertThatThrownBy(() -> Stored.hdf5(file, "train/u"))
                .hasMessageContaining("no dataset 'train/u'")
                .hasMessageContaining("tensor");
    }

    @Test
    void filesThatDoNotFitAreRefused(@TempDir Path folder) throws Exception {
        Numbers.OnDemand rows = stored("rows");
        Domain others = Domain.interval(0, 1).points(4).samples(ROWS + 1);
        assertThatThrownBy(() -> loaded(others.parameter("p", rows, Shape.of(6)), Batch.ALL, 0))
                .hasMessageContaining("7 rows of 6 numbers where 8 of 6 are needed");
        Path text = Files.writeString(folder.resolve("text.npy"), "no array at all");
        assertThatThrownBy(() -> Stored.npy(text)).hasMessageContaining("no NumPy array");
        assertThatThrownBy(() -> Stored.npz(text, "rows")).hasMessageContaining("no archive of arrays");
        assertThatThrownBy(() -> Stored.hdf5(text, "rows")).hasMessageContaining("not a readable HDF5");
        assertThatThrownBy(() -> stored("columns"))
                .hasMessageContaining("no 'columns.npy'")
                .hasMessageContaining("single.npy");
        assertThatThrownBy(() -> stored("turned")).hasMessageContaining("ascontiguousarray");
        assertThatThrownBy(() -> stored("other")).hasMessageContaining("'<i8'");
        assertThatThrownBy(() -> Stored.npz(fixture("compressed.npz"), "rows"))
                .hasMessageContaining("numpy.savez instead of numpy.savez_compressed");
    }
}
