// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.sample.PdeSample;

/** Reads files that h5py wrote; {@code make_fixtures.py} beside them says how. */
class PdeBenchDarcyTest {
    @TempDir
    Path directory;

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(PdeBenchDarcyTest.class.getResource(name).toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"contiguous.h5", "chunked.h5", "big-endian.h5"})
    void readsWhatAnotherLibraryWrote(String name) throws Exception {
        try (PdeBenchDarcy file = PdeBenchDarcy.open(fixture(name))) {
            assertThat(file.samples()).isEqualTo(3);
            assertThat(file.grid().shape()).containsExactly(8, 8);
            assertThat(file.grid().axes().get(0).coordinate(3)).isCloseTo(3.5 / 8, within(1e-12));
            List<PdeSample> slice = file.read(1, 3);
            assertThat(slice).extracting(PdeSample::seed).containsExactly(1L, 2L);
            for (PdeSample sample : slice) {
                double[] nu = sample.field(PdeBenchDarcy.COEFFICIENT).data();
                double[] tensor = sample.field(PdeBenchDarcy.SOLUTION).data();
                for (int k = 0; k < 64; k++) {
                    double value = 1 + 100 * sample.seed() + 10 * (k / 8) + k % 8;
                    assertThat(nu[k]).isEqualTo(value);
                    assertThat(tensor[k]).isEqualTo(-value / 4);
                }
                assertThat(sample.parameters()).containsEntry("beta", 0.1);
            }
            assertThat(file.read(2, 2)).isEmpty();
            assertThatThrownBy(() -> file.read(2, 4))
                    .hasMessageContaining("Samples 2 to 4")
                    .hasMessageContaining("has 3");
        }
    }

    private Path write(int samples, int points, float fill) {
        float[][][] nu = new float[samples][points][points];
        float[][][][] tensor = new float[samples][1][points][points];
        for (int n = 0; n < samples; n++) {
            for (float[] row : nu[n]) {
                Arrays.fill(row, n + fill);
            }
        }
        Path path = directory.resolve("large.h5");
        try (WritableHdfFile file = HdfFile.write(path)) {
            file.putDataset("nu", nu);
            file.putDataset("tensor", tensor);
        }
        return path;
    }

    @Test
    void readsOnlyTheSliceAndInFewReads() throws IOException {
        Path path = write(3000, 32, 0.5f);
        CountingChannel channel = new CountingChannel(Files.newByteChannel(path));
        try (PdeBenchDarcy file = PdeBenchDarcy.open(channel, path.toUri())) {
            long structure = channel.bytes;
            assertThat(structure).isLessThan(100_000);
            channel.reads = 0;
            List<PdeSample> slice = file.read(2000, 2010);
            assertThat(slice.get(9).field(PdeBenchDarcy.COEFFICIENT).data()).containsOnly(2009.5);
            assertThat(channel.reads).isEqualTo(2);
            assertThat(channel.bytes - structure).isEqualTo(2 * 10 * 32 * 32 * Float.BYTES);
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void notANumberIsNamed() {
        Path path = write(3, 4, Float.NaN);
        try (PdeBenchDarcy file = PdeBenchDarcy.open(path)) {
            assertThatThrownBy(() -> file.read(1, 2))
                    .hasMessageContaining("Sample 1: field 'coefficient' is NaN at position [0, 0]");
        }
    }

    @Test
    void truncatedFileIsNamed() throws IOException {
        Path path = write(100, 16, 1);
        Path part = directory.resolve("part.h5");
        byte[] bytes = Files.readAllBytes(path);
        Files.write(part, Arrays.copyOf(bytes, 120_000));
        assertThatThrownBy(() -> {
                    try (PdeBenchDarcy file = PdeBenchDarcy.open(part)) {
                        file.read(0, 100);
                    }
                })
                .isInstanceOfAny(UncheckedIOException.class, IllegalArgumentException.class)
                .hasMessageContaining("part.h5");
    }

    @Test
    void missingFileAndMissingDatasetAreNamed() throws IOException {
        assertThatThrownBy(() -> PdeBenchDarcy.open(directory.resolve("none.h5")))
                .hasMessageContaining("There is no file")
                .hasMessageContaining("none.h5");
        Path text = Files.writeString(directory.resolve("text.h5"), "not a number in sight");
        assertThatThrownBy(() -> PdeBenchDarcy.open(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a readable HDF5 file");
        Path other = directory.resolve("other.h5");
        try (WritableHdfFile file = HdfFile.write(other)) {
            file.putDataset("density", new float[] {1, 2});
        }
        assertThatThrownBy(() -> PdeBenchDarcy.open(other))
                .hasMessageContaining("has no dataset 'nu', only [density]; take a file named");
        Path shape = directory.resolve("shape.h5");
        try (WritableHdfFile file = HdfFile.write(shape)) {
            file.putDataset("nu", new float[2][3][3]);
            file.putDataset("tensor", new float[2][3][3]);
        }
        assertThatThrownBy(() -> PdeBenchDarcy.open(shape)).hasMessageContaining("not (N, s, s) and (N, 1, s, s)");
    }

    /** Counts what is read through it. */
    private static final class CountingChannel implements SeekableByteChannel {
        private final SeekableByteChannel channel;
        private long reads;
        private long bytes;

        CountingChannel(SeekableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = channel.read(target);
            reads++;
            bytes += Math.max(0, count);
            return count;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            throw new IOException("This channel only reads.");
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            throw new IOException("This channel only reads.");
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
