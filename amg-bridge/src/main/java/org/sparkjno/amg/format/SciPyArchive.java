// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A sparse matrix as {@code scipy.sparse.save_npz} writes it: a zip archive of NumPy arrays, in one of five layouts. Zeros
 * are kept, but those of diagonals, where they only fill the array.
 */
final class SciPyArchive implements AutoCloseable {
    private final ZipFile zip;
    private final String name;

    private SciPyArchive(ZipFile zip, String name) {
        this.zip = zip;
        this.name = name;
    }

    static <T> T read(Path file, EntrySink.Factory<T> factory) throws IOException {
        String name = file.toString();
        try (SciPyArchive archive = new SciPyArchive(new ZipFile(file.toFile()), name)) {
            return archive.read(factory);
        } catch (ZipException e) {
            throw new MatrixFormatException(name + " is no archive of arrays: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MatrixFormatException(name + " holds arrays that make no matrix: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private NpyArray part(String part) throws IOException {
        ZipEntry entry = zip.getEntry(part + ".npy");
        if (entry == null) {
            throw new MatrixFormatException(
                    name + " has no array '" + part + "', so scipy.sparse.save_npz did not write it.");
        }
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            return NpyArray.read(in, "The array '" + part + "' of " + name);
        }
    }

    private <T> T read(EntrySink.Factory<T> factory) throws IOException {
        String format = part("format").text();
        int[] shape = part("shape").integers();
        if (shape.length != 2) {
            throw new MatrixFormatException(name + " holds an array of " + shape.length + " axes, but a matrix has 2.");
        }
        NpyArray data = part("data");
        EntrySink<T> sink = factory.begin(shape[0], shape[1], data.values().length, data.complex());
        switch (format) {
            case "csr" -> compressed(data, shape[0], (i, j, k) -> sink.add(i, j, data.real(k), data.imaginary(k)));
            case "csc" -> compressed(data, shape[1], (i, j, k) -> sink.add(j, i, data.real(k), data.imaginary(k)));
            case "bsr" -> blocks(data, shape[0], sink);
            case "coo" -> coordinates(data, sink);
            case "dia" -> diagonals(data, shape, sink);
            default ->
                throw new MatrixFormatException(name + " has the layout '" + format
                        + "', but csr, csc, coo, bsr and dia are read; convert it by .tocsr().");
        }
        return sink.finish();
    }

    /** Takes an entry that is stored in place k. */
    private interface Place {
        void at(int line, int index, int k);
    }

    private void compressed(NpyArray data, int lines, Place place) throws IOException {
        int[] start = part("indptr").integers();
        int[] indices = part("indices").integers();
        int entries = data.shape()[0];
        if (start.length != lines + 1 || start[0] != 0 || start[lines] != entries || indices.length != entries) {
            throw new MatrixFormatException(name + " has arrays 'indptr' and 'indices' that do not lead through "
                    + lines + " lines to the " + entries + " stored entries.");
        }
        for (int line = 0; line < lines; line++) {
            if (start[line + 1] < start[line]) {
                throw new MatrixFormatException(name + " has an array 'indptr' that falls from " + start[line] + " to "
                        + start[line + 1] + " after line " + line + ".");
            }
            for (int k = start[line]; k < start[line + 1]; k++) {
                place.at(line, indices[k], k);
            }
        }
    }

    private void blocks(NpyArray data, int rows, EntrySink<?> sink) throws IOException {
        int height = data.shape()[1];
        int width = data.shape()[2];
        compressed(data, rows / height, (blockRow, blockColumn, k) -> {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    int at = data.position(k, i, j);
                    sink.add(blockRow * height + i, blockColumn * width + j, data.real(at), data.imaginary(at));
                }
            }
        });
    }

    private void coordinates(NpyArray data, EntrySink<?> sink) throws IOException {
        int[] rows = part("row").integers();
        int[] columns = part("col").integers();
        for (int k = 0; k < data.shape()[0]; k++) {
            sink.add(rows[k], columns[k], data.real(k), data.imaginary(k));
        }
    }

    /** Diagonal d holds in column j the entry of row j − offset. */
    private void diagonals(NpyArray data, int[] shape, EntrySink<?> sink) throws IOException {
        int[] offsets = part("offsets").integers();
        for (int d = 0; d < offsets.length; d++) {
            int last = Math.min(Math.min(shape[1], data.shape()[1]), shape[0] + offsets[d]);
            for (int j = Math.max(0, offsets[d]); j < last; j++) {
                int at = data.position(d, j);
                if (data.real(at) != 0 || data.imaginary(at) != 0) {
                    sink.add(j - offsets[d], j, data.real(at), data.imaginary(at));
                }
            }
        }
    }
}
