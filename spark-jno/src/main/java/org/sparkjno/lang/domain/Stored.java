// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.sparkjno.datasets.format.FlatArray;
import org.sparkjno.datasets.format.HdfArray;
import org.sparkjno.datasets.format.NpyFile;
import org.sparkjno.datasets.format.NpzFile;
import org.sparkjno.datasets.source.ParquetColumn;

/**
 * Arrays in files whose first axis counts samples, and which may be larger than memory: a step reads the rows of its samples, and
 * the operating system keeps what is read often. Of a task that shares the samples these are its own. Every task needs the file
 * under the same path.
 *
 * <pre>{@code
 * var k = d.field("k", d.interior(), Stored.npz(Path.of("train.npz"), "k"), Shape.SCALAR);
 * }</pre>
 */
public final class Stored {
    private Stored() {}

    /**
     * An array of float32 or float64 in C order that {@code numpy.save} wrote.
     *
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when it holds something else
     */
    public static Numbers.OnDemand npy(Path file) {
        return read(file, () -> new FlatRows(NpyFile.open(file)));
    }

    /**
     * An array of an archive that {@code numpy.savez} wrote, read where it lies in it.
     *
     * @param array its name in the archive
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when there is no such array, or it is compressed, as {@code numpy.savez_compressed} does: of
     *     a compressed array no row can be found without those before it
     */
    public static Numbers.OnDemand npz(Path file, String array) {
        return read(file, () -> new FlatRows(NpzFile.open(file, array)));
    }

    /**
     * A dataset of 32- or 64-bit floats in an HDF5 file. A contiguous one is read where it lies; of one in chunks a step
     * decompresses those that it needs.
     *
     * @param dataset its path in the file, such as {@code /train/u}
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when there is no such dataset, or it holds something else
     */
    public static Numbers.OnDemand hdf5(Path file, String dataset) {
        return read(file, () -> {
            try (HdfArray array = HdfArray.open(file, dataset)) {
                Optional<FlatArray> flat = array.flat();
                return flat.isPresent()
                        ? new FlatRows(flat.get())
                        : new HdfRows(file.toString(), dataset, array.rows(), array.width());
            }
        });
    }

    /**
     * A column of Parquet files, such as those of a {@link org.sparkjno.datasets.source.ParquetDataset}, on any storage that Hadoop
     * knows. Samples are in the order of the column {@code index}, which counts them from 0; of a dataset of this library those to
     * train on come first. A step reads the pages in which its samples lie.
     *
     * @param location the directory of the files
     * @param column of floats, doubles, arrays of them, or bytes of little-endian 32-bit floats
     * @throws UncheckedIOException when the files cannot be read
     * @throws IllegalArgumentException when there is no such column, or no index
     */
    public static Numbers.OnDemand parquet(String location, String column) {
        return read(location, () -> new ParquetRows(ParquetColumn.open(location, column)));
    }

    private static Numbers.OnDemand read(Object place, Opening opening) {
        try {
            return opening.open();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + place + "; every task looks for it there.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Opens a file. */
    @FunctionalInterface
    private interface Opening {
        Numbers.OnDemand open() throws IOException;
    }
}
