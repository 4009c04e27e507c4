// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.NpyRows;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

/** Rows that are read when a step needs them are those of data that are held. */
class OnDemandTest {
    private static final int ROWS = 7;
    private static final int WIDTH = 6;

    private static Path write(Path folder, double[] values) throws IOException {
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + ROWS + ", 2, 3), }";
        byte[] header = (text + " ".repeat(118 - text.length() - 1) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file =
                ByteBuffer.allocate(10 + header.length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 0);
        file.putShort((short) header.length).put(header);
        for (double value : values) {
            file.putDouble(value);
        }
        return Files.write(folder.resolve("rows.npy"), file.array());
    }

    private static double[] values() {
        return IntStream.range(0, ROWS * WIDTH)
                .mapToDouble(i -> 0.5 + Math.sin(i))
                .toArray();
    }

    private static double[] loaded(Expression expression, Feed.Batch batch, long step) {
        Source source = Parts.sources(expression).iterator().next();
        Feed feed = new Feed(List.of(source), DType.F64, 3, batch, Coupling.of(List.of(), Scheme.AUTOMATIC), 1, 0);
        try (ReferenceDevice device = new ReferenceDevice();
                Buffer buffer = device.allocate(feed.type(source))) {
            feed.load(source, step, buffer);
            return buffer.read().toArray();
        }
    }

    @Test
    void stepsSeeTheRowsOfTheirSamples(@TempDir Path folder) throws IOException {
        NpyRows rows = NpyRows.of(write(folder, values()));
        assertThat(rows.rows()).isEqualTo(ROWS);
        assertThat(rows.width()).isEqualTo(WIDTH);
        assertThat(rows.rows(new int[] {4}))
                .isEqualTo(IntStream.range(24, 30).mapToDouble(i -> values()[i]).toArray());
        Domain grid = Domain.grid(new double[2], new double[] {1, 1}, 2, 3).samples(ROWS);
        Region region = grid.interior();
        Numbers held = new Numbers.Given(values());
        for (Feed.Batch batch : List.of(Feed.Batch.ALL, new Feed.Batch(3, 0), new Feed.Batch(2, 4))) {
            for (long step = 0; step < 5; step++) {
                assertThat(loaded(grid.field("f", region, rows, Shape.SCALAR), batch, step))
                        .isEqualTo(loaded(grid.field("f", region, held, Shape.SCALAR), batch, step));
                assertThat(loaded(grid.parameter("p", rows, Shape.of(2, 3)), batch, step))
                        .isEqualTo(loaded(grid.parameter("p", held, Shape.of(2, 3)), batch, step));
            }
        }
    }

    @Test
    void problemsTrainOnThem(@TempDir Path folder) throws IOException {
        Domain samples = Domain.interval(0, 1).points(4).samples(ROWS);
        Numbers stored = NpyRows.of(write(folder, values()));
        assertThat(losses(samples.parameter("p", stored, Shape.of(2, 3))))
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
    void filesThatDoNotFitAreRefused(@TempDir Path folder) throws IOException {
        NpyRows rows = NpyRows.of(write(folder, values()));
        Domain others = Domain.interval(0, 1).points(4).samples(ROWS + 1);
        assertThatThrownBy(() -> loaded(others.parameter("p", rows, Shape.of(6)), Feed.Batch.ALL, 0))
                .hasMessageContaining("7 rows of 6 numbers where 8 of 6 are needed");
        Path text = Files.writeString(folder.resolve("text.npy"), "no array at all");
        assertThatThrownBy(() -> NpyRows.of(text)).hasMessageContaining("no NumPy array");
    }
}
