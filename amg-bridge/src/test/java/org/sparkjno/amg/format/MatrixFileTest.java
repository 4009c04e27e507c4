// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;

/** What SciPy wrote is read as it was, what is written is read back, and what is wrong is said in one sentence. */
final class MatrixFileTest {
    private static final CsrMatrix A = CsrMatrix.ofDense(new double[][] {
        {4, -1, 0, 0, 0, 0},
        {-1, 4, -1, 0, 0, 0},
        {0, -1, 4, -1, 0, 0.5},
        {0, 0, -1, 4, -1, 0},
        {0, 0, 0, -1, 4, -1},
        {0.25, 0, 0, 0, -1, 4}
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "csr.npz",
                "csc.npz",
                "coo.npz",
                "bsr.npz",
                "dia.npz",
                "array.npz",
                "float.npz",
                "general.mtx",
                "dense.mtx"
            })
    void oneMatrixInManyLayouts(String name) throws Exception {
        StoredMatrix stored = MatrixFile.matrix(file(name));
        assertThat(stored.complex()).isFalse();
        assertSame(stored.matrix(), A, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "symmetric.mtx, 0.5, 0.5",
        "dense-symmetric.mtx, 0.5, 0.5",
        "skew.mtx, 0.5, -0.5",
        "integer.mtx, 4, 0",
        "integer.npz, 4, 0"
    })
    void combinationsWithTheTranspose(String name, double factor, double transposed) throws Exception {
        assertSame(MatrixFile.matrix(file(name)).matrix(), A, factor, transposed);
    }

    @Test
    void aPatternHasOnes() throws Exception {
        CsrMatrix pattern = MatrixFile.matrix(file("pattern.mtx")).matrix();
        assertThat(pattern.pattern()).isEqualTo(A.pattern());
        assertThat(pattern.values()).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complex.npz", "complex.mtx"})
    void complexMatricesInRealForm(String name) throws Exception {
        StoredMatrix stored = MatrixFile.matrix(file(name));
        assertThat(stored.complex()).isTrue();
        assertThat(stored.blockSize()).isEqualTo(2);
        assertSame(stored.matrix(), Composites.realForm(A, scaled(A, 0.5)), 1, 0);
    }

    /** c + c* has the real part a + aᵀ and the imaginary part (a − aᵀ) / 2. */
    @Test
    void aHermitianMatrix() throws Exception {
        CsrMatrix stored = MatrixFile.matrix(file("hermitian.mtx")).matrix();
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(stored.get(2 * i, 2 * j)).isEqualTo(A.get(i, j) + A.get(j, i));
                assertThat(stored.get(2 * i + 1, 2 * j)).isEqualTo(0.5 * (A.get(i, j) - A.get(j, i)));
            }
        }
        assertThat(stored.isSymmetric(0)).isTrue();
    }

    @Test
    void vectorsInBothOrders() throws Exception {
        for (String name : new String[] {"vectors.npy", "fortran.npy"}) {
            StoredVectors vectors = MatrixFile.vectors(file(name));
            assertThat(vectors.rows()).isEqualTo(6);
            assertThat(vectors.width()).isEqualTo(2);
            assertThat(vectors.vector(1)).containsExactly(0.125, 0.375, 0.625, 0.875, 1.125, 1.375);
        }
        StoredVectors complex = MatrixFile.vectors(file("complex.npy"));
        assertThat(complex.complex()).isTrue();
        assertThat(complex.values()).startsWith(0, 0, 1, -2, 2, -4);
        assertThat(MatrixFile.vectors(file("general.mtx")).vector(5)).containsExactly(0, 0, 0.5, 0, -1, 4);
    }

    @Test
    void whatIsWrittenIsReadBack(@TempDir Path directory) throws IOException {
        CsrMatrix laplacian = Stencils.laplacian(5, 1, 1);
        Random random = new Random(3);
        CsrMatrix rough = CsrMatrix.of(
                laplacian.pattern(),
                random.doubles(laplacian.entries(), -1, 1)
                        .map(v -> v * Math.pow(10, random.nextInt(600) - 300))
                        .toArray());
        StoredMatrix[] matrices = {
            new StoredMatrix(laplacian, false),
            new StoredMatrix(rough, false),
            new StoredMatrix(Composites.realForm(laplacian, scaled(laplacian, 0.1)), true)
        };
        for (StoredMatrix matrix : matrices) {
            Path file = directory.resolve("a.mtx");
            MatrixFile.write(matrix, file);
            StoredMatrix read = MatrixFile.matrix(file);
            assertThat(read.complex()).isEqualTo(matrix.complex());
            assertThat(read.matrix().pattern()).isEqualTo(matrix.matrix().pattern());
            assertThat(read.matrix().values()).containsExactly(matrix.matrix().values());
        }
        assertThat(Files.readAllLines(directory.resolve("a.mtx")).get(0)).contains("complex");
        MatrixFile.write(matrices[0], directory.resolve("a.mtx"));
        assertThat(Files.readAllLines(directory.resolve("a.mtx")).get(0)).contains("symmetric");
        for (boolean complex : new boolean[] {false, true}) {
            StoredVectors vectors = new StoredVectors(6, 2, random.doubles(12).toArray(), complex);
            MatrixFile.write(vectors, directory.resolve("x.mtx"));
            StoredVectors read = MatrixFile.vectors(directory.resolve("x.mtx"));
            assertThat(read.values()).containsExactly(vectors.values());
            assertThat(read.complex()).isEqualTo(complex);
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("a.mtx", "x.mtx");
    }

    @Test
    void compressedText(@TempDir Path directory) throws Exception {
        Path packed = directory.resolve("a.mtx.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file("general.mtx"), out);
        }
        assertSame(MatrixFile.matrix(packed).matrix(), A, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-2.5",
                "+3",
                ".5",
                "5.",
                "1e3",
                "1E-3",
                "1.25D+2",
                "0.1",
                "1e22",
                "1e23",
                "1e-22",
                "123456789012345678",
                "9007199254740993",
                "0.30000000000000004",
                "1.7976931348623157e308",
                "4.9e-324",
                "-0.0",
                "1e-400",
                "3.1415926535897932384626433832795028841971",
                "00000000000000000000000000000000000001.5",
                "1e+05"
            })
    void numbersAreTheNearestDoubles(String text) throws IOException {
        String file = "%%MatrixMarket matrix array real general\n1 1\n" + text + "\n";
        double expected = Double.parseDouble(text.replace('D', 'e'));
        assertThat(vectors(file).values()[0] + 0.0).isEqualTo(expected + 0.0);
    }

    @Test
    void numbersOfManyDigitsAreTheNearestDoubles() throws IOException {
        Random random = new Random(11);
        int count = 100_000;
        StringBuilder text = new StringBuilder("%%MatrixMarket matrix array real general\n" + count + " 1\n");
        double[] expected = new double[count];
        for (int i = 0; i < count; i++) {
            String number = i % 2 == 0
                    ? Double.toString(random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(40) - 20))
                    : random.nextLong(1_000_000_000_000_000_000L) + "e" + (random.nextInt(46) - 23);
            expected[i] = Double.parseDouble(number);
            text.append(number).append('\n');
        }
        assertThat(vectors(text.toString()).values()).containsExactly(expected);
    }

    @Test
    void commentsBlankLinesAndWindowsLineEnds() throws IOException {
        String text =
                "%%MatrixMarket MATRIX Coordinate Real General\r\n% a\r\n\r\n2 3 2\r\n% b\r\n1 3 5\r\n\r\n 2\t1  -1e0 \r\n";
        CsrMatrix a = matrix(text);
        assertThat(a.columnCount()).isEqualTo(3);
        assertThat(a.get(0, 2)).isEqualTo(5);
        assertThat(a.get(1, 0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | line 1: a Matrix Market file begins with",
                "%%MatrixMarket matrix table real general | line 1: the layout must be 'coordinate' or 'array'",
                "%%MatrixMarket matrix coordinate quaternion general | line 1: values must be real, integer, complex",
                "%%MatrixMarket matrix coordinate real odd | line 1: the symmetry must be general",
                "%%MatrixMarket matrix array pattern general | line 1: a pattern has no values",
                "%%MatrixMarket matrix coordinate real hermitian | line 1: a hermitian matrix has complex values",
                "%%MatrixMarket matrix coordinate real general | the file ends before the line of sizes",
                "%%MatrixMarket matrix coordinate real general;2 2 | line 2: the number of entries is missing",
                "%%MatrixMarket matrix coordinate real general;2 2 3000000000 | line 2: 3000000000 entries are declared",
                "%%MatrixMarket matrix coordinate real general;3000000000 2 1 | line 2: the number of rows must be between",
                "%%MatrixMarket matrix coordinate real symmetric;2 3 1 | line 2: a matrix with a symmetry is square",
                "%%MatrixMarket matrix coordinate real general;2 2 2;1 1 1 | the file ends after 1 of 2 entries",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 1;2 2 1 | line 4: there are more values than the 1",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 3 1 | line 3: the column must lie between 1 and 2",
                "%%MatrixMarket matrix coordinate real general;2 2 1;0 1 1 | line 3: the row must lie between 1 and 2",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 nan | line 3: the value should be a finite number",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 1e999 | line 3: the value should be a finite number",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 1e | line 3: the value should be a finite number",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 1f | line 3: the value should be a finite number",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 - | line 3: the value should be a finite number",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 1 1 | line 3: '1' stands after the last value",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 x 1 | line 3: the column should be a whole number",
                "%%MatrixMarket matrix coordinate complex general;2 2 1;1 1 1 | line 3: the imaginary part is missing",
                "%%MatrixMarket matrix coordinate real symmetric;2 2 1;1 2 1 | line 3: entry (1, 2) lies above the diagonal",
                "%%MatrixMarket matrix coordinate real skew-symmetric;2 2 1;1 1 1 | line 3: entry (1, 1) lies on the",
                "%%MatrixMarket matrix array real general;2 1;1 | the file ends after 1 values of a 2 x 1 array"
            })
    void badTextIsNamedWithItsLine(String text, String words) {
        assertThatThrownBy(() -> matrix(text.replace(';', '\n')))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageStartingWith("bad.mtx, line ")
                .hasMessageContaining(words.strip());
    }

    @Test
    void badArchives(@TempDir Path directory) throws Exception {
        Path text = Files.writeString(directory.resolve("a.npz"), "no archive");
        assertThatThrownBy(() -> MatrixFile.matrix(text)).hasMessageContaining("a.npz is no archive of arrays");
        byte[] bytes = Files.readAllBytes(file("vectors.npy"));
        Path cut = Files.write(directory.resolve("v.npy"), Arrays.copyOf(bytes, bytes.length - 5));
        assertThatThrownBy(() -> MatrixFile.vectors(cut)).hasMessageContaining("v.npy ends early");
        Path foreign = Files.writeString(directory.resolve("w.npy"), "0123456789");
        assertThatThrownBy(() -> MatrixFile.vectors(foreign)).hasMessageContaining("is no NumPy array");
        assertThatThrownBy(() -> MatrixFile.matrix(directory.resolve("none.mtx")))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageStartingWith("There is no file ");
        Path odd = Files.createFile(directory.resolve("a.csv"));
        assertThatThrownBy(() -> MatrixFile.matrix(odd)).hasMessageContaining(".mtx, .mtx.gz, .npz and .npy");
    }

    @Test
    void columnsOfAnArchiveMayComeInAnyOrderAndTwice(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("a.npz");
        writeCsr(file, 2, new int[] {0, 3, 4}, new int[] {1, 0, 1, 1}, 2, 5, 3, 7);
        CsrMatrix a = MatrixFile.matrix(file).matrix();
        assertThat(a.pattern()).isEqualTo(Pattern.of(2, 2, new int[] {0, 2, 3}, new int[] {0, 1, 1}));
        assertThat(a.values()).containsExactly(5, 5, 7);
        writeCsr(file, 2, new int[] {0, 4}, new int[] {1, 0, 1, 1}, 2, 5, 3, 7);
        assertThatThrownBy(() -> MatrixFile.matrix(file)).hasMessageContaining("do not lead through 2 lines to the 4");
        writeCsr(file, 3, new int[] {0, 3, 2, 4}, new int[] {1, 0, 1, 1}, 2, 5, 3, 7);
        assertThatThrownBy(() -> MatrixFile.matrix(file)).hasMessageContaining("falls from 3 to 2 after line 1");
        writeCsr(file, 2, new int[] {0, 1, 2}, new int[] {1, 2}, 1, 1);
        assertThatThrownBy(() -> MatrixFile.matrix(file)).hasMessageContaining("Entry (1, 2) lies outside a 2 x 2");
        writeCsr(file, 2, new int[] {0, 1, 2}, new int[] {1, 0}, 1, Double.NaN);
        assertThatThrownBy(() -> MatrixFile.matrix(file)).hasMessageContaining("Entry (1, 0) is NaN");
    }

    /** As scipy.sparse.save_npz writes a square matrix, whatever the arrays hold. */
    private static void writeCsr(Path file, int rows, int[] start, int[] indices, double... data) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            write(zip, "format", "'|S3'", "()", "csr".getBytes(StandardCharsets.US_ASCII));
            write(
                    zip,
                    "shape",
                    "'<i8'",
                    "(2,)",
                    bytes(16, buffer -> buffer.putLong(rows).putLong(rows)));
            write(zip, "indptr", "'<i4'", "(" + start.length + ",)", bytes(4 * start.length, buffer -> {
                for (int v : start) {
                    buffer.putInt(v);
                }
            }));
            write(zip, "indices", "'<i4'", "(" + indices.length + ",)", bytes(4 * indices.length, buffer -> {
                for (int v : indices) {
                    buffer.putInt(v);
                }
            }));
            write(zip, "data", "'<f8'", "(" + data.length + ",)", bytes(8 * data.length, buffer -> {
                for (double v : data) {
                    buffer.putDouble(v);
                }
            }));
        }
    }

    private static byte[] bytes(int size, Consumer<ByteBuffer> filler) {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        filler.accept(buffer);
        return buffer.array();
    }

    private static void write(ZipOutputStream zip, String name, String type, String shape, byte[] numbers)
            throws IOException {
        String header = "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }";
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        zip.write(padded.getBytes(StandardCharsets.US_ASCII));
        zip.write(numbers);
        zip.closeEntry();
    }

    private static CsrMatrix matrix(String text) throws IOException {
        return MatrixMarket.readMatrix(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "bad.mtx")
                .matrix();
    }

    private static StoredVectors vectors(String text) throws IOException {
        return MatrixMarket.readVectors(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "x.mtx");
    }

    @Test
    void streamsAreWrittenToo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MatrixMarket.write(new StoredVectors(2, 1, new double[] {1, 0.1}, false), out);
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .isEqualTo("%%MatrixMarket matrix array real general\n2 1\n1.0\n0.1\n");
    }

    private static void assertSame(CsrMatrix actual, CsrMatrix a, double factor, double transposed) {
        assertThat(actual.rows()).isEqualTo(a.rows());
        assertThat(actual.columnCount()).isEqualTo(a.columnCount());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.rows(); j++) {
                assertThat(actual.get(i, j))
                        .as("(%d, %d)", i, j)
                        .isEqualTo(factor * a.get(i, j) + (transposed == 0 ? 0 : transposed * a.get(j, i)));
            }
        }
    }

    private static CsrMatrix scaled(CsrMatrix a, double factor) {
        double[] values = a.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
        return CsrMatrix.of(a.pattern(), values);
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(MatrixFileTest.class.getResource(name).toURI());
    }
}
