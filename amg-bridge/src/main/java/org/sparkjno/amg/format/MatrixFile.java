// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Matrices and vectors in files, by the ending of their names: {@code .mtx} and {@code .mtx.gz} (Matrix Market), {@code .npz}
 * ({@code scipy.sparse.save_npz}) and {@code .npy} ({@code numpy.save}).
 */
public final class MatrixFile {
    private MatrixFile() {}

    /**
     * Reads a sparse matrix.
     *
     * @throws MatrixFormatException with one sentence if there is no such file or it holds no matrix
     */
    public static StoredMatrix matrix(Path file) throws IOException {
        return read(file, MatrixEntries::begin);
    }

    /**
     * Reads dense vectors: the columns of what the file holds.
     *
     * @throws MatrixFormatException with one sentence if there is no such file or it holds no vectors
     */
    public static StoredVectors vectors(Path file) throws IOException {
        return read(file, VectorEntries::begin);
    }

    /** Writes a matrix as Matrix Market coordinates, whole or not at all. */
    public static void write(StoredMatrix matrix, Path file) throws IOException {
        write(file, out -> MatrixMarket.write(matrix, out));
    }

    /** Writes vectors as a Matrix Market array, whole or not at all. */
    public static void write(StoredVectors vectors, Path file) throws IOException {
        write(file, out -> MatrixMarket.write(vectors, out));
    }

    private static <T> T read(Path file, EntrySink.Factory<T> factory) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MatrixFormatException("There is no file " + file + ".");
        }
        String name = file.toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npz")) {
            return SciPyArchive.read(file, factory);
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (lower.endsWith(".mtx")) {
                return MatrixMarket.read(in, name, factory);
            }
            if (lower.endsWith(".mtx.gz")) {
                return MatrixMarket.read(new GZIPInputStream(in, 1 << 16), name, factory);
            }
            if (lower.endsWith(".npy")) {
                return dense(NpyArray.read(new BufferedInputStream(in), name), factory);
            }
        }
        throw new MatrixFormatException(name + " has an unknown kind: .mtx, .mtx.gz, .npz and .npy files are read.");
    }

    private static <T> T dense(NpyArray array, EntrySink.Factory<T> factory) throws IOException {
        int axes = array.shape().length;
        if (axes != 1 && axes != 2) {
            throw new MatrixFormatException(
                    array.name() + " has " + axes + " axes, but a matrix has 2 and a vector 1.");
        }
        int rows = array.shape()[0];
        int columns = axes == 2 ? array.shape()[1] : 1;
        try {
            EntrySink<T> sink = factory.begin(rows, columns, rows, array.complex());
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    int at = axes == 2 ? array.position(i, j) : i;
                    if (array.real(at) != 0 || array.imaginary(at) != 0) {
                        sink.add(i, j, array.real(at), array.imaginary(at));
                    }
                }
            }
            return sink.finish();
        } catch (IllegalArgumentException e) {
            throw new MatrixFormatException(array.name() + ": " + e.getMessage(), e);
        }
    }

    /** Fills a file. */
    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        try {
            writeWhole(file, content);
        } catch (FileSystemException e) {
            throw new MatrixFormatException("Could not write " + file + ": " + e + ".", e);
        }
    }

    private static void writeWhole(Path file, Content content) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        Path partial = Files.createTempFile(directory, file.getFileName().toString(), ".part");
        try {
            try (OutputStream out = Files.newOutputStream(partial)) {
                content.to(out);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
