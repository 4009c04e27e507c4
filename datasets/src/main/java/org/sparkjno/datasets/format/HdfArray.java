// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A dataset of floats in an HDF5 file, whose first axis counts rows. Opening reads only the structure. Used by one thread at a
 * time: open the file once per thread.
 */
public final class HdfArray implements AutoCloseable {
    private final Path location;
    private final HdfFile file;
    private final Dataset dataset;
    private final SampleSlices slices;

    private HdfArray(Path location, HdfFile file, Dataset dataset, SampleSlices slices) {
        this.location = location;
        this.file = file;
        this.dataset = dataset;
        this.slices = slices;
    }

    /**
     * Opens a dataset.
     *
     * @param path its path in the file, such as {@code /train/u}
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when there is no such dataset, or it holds no rows of 32- or 64-bit floats
     */
    public static HdfArray open(Path location, String path) throws IOException {
        if (!Files.isRegularFile(location)) {
            throw new NoSuchFileException(location.toString());
        }
        SeekableByteChannel channel = Files.newByteChannel(location);
        boolean open = false;
        try {
            HdfFile file = new HdfFile(channel, location.toUri());
            Dataset dataset = dataset(file, path, location);
            if (dataset.getDimensions().length == 0) {
                throw new IllegalArgumentException(
                        "Dataset '" + path + "' of " + location + " is one number, and has no rows.");
            }
            HdfArray array =
                    new HdfArray(location, file, dataset, new SampleSlices(channel, file.getUserBlockSize(), dataset));
            open = true;
            return array;
        } catch (HdfException e) {
            throw new IllegalArgumentException(
                    "The file " + location + " is not a readable HDF5 file: " + e.getMessage() + ".", e);
        } finally {
            if (!open) {
                channel.close();
            }
        }
    }

    private static Dataset dataset(HdfFile file, String path, Path location) {
        Group group = file;
        Node node = file;
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty()) {
                node = group == null ? null : group.getChildren().get(name);
                if (node == null) {
                    throw new IllegalArgumentException("The file " + location + " has no dataset '" + path + "'"
                            + (group == null
                                    ? ""
                                    : "; beside '" + name + "' there are "
                                            + group.getChildren().keySet())
                            + ".");
                }
                group = node instanceof Group inner ? inner : null;
            }
        }
        if (node instanceof Dataset dataset) {
            return dataset;
        }
        throw new IllegalArgumentException("'" + path + "' of " + location + " is a group; name one of "
                + file.getChildren().keySet() + " or what is below them.");
    }

    /** Extent of the first axis. */
    public int rows() {
        return dataset.getDimensions()[0];
    }

    /** Numbers of a row. */
    public int width() {
        return Arrays.stream(dataset.getDimensions()).skip(1).reduce(1, Math::multiplyExact);
    }

    /** The rows of a contiguous dataset where they lie; empty for one in chunks. */
    public Optional<FlatArray> flat() {
        if (!(dataset instanceof ContiguousDataset contiguous) || dataset.isEmpty()) {
            return Optional.empty();
        }
        FloatingPoint type = (FloatingPoint) dataset.getDataType();
        return Optional.of(new FlatArray(
                location.toString(),
                file.getUserBlockSize() + contiguous.getDataAddress(),
                rows(),
                width(),
                type.getSize(),
                type.getByteOrder() == ByteOrder.BIG_ENDIAN));
    }

    /**
     * Rows [from, to), one after another.
     *
     * @throws IOException when they cannot be read
     * @throws IllegalArgumentException when there are no such rows, or the file is damaged
     */
    public double[] read(int from, int to) throws IOException {
        if (from < 0 || to < from || to > rows()) {
            throw new IllegalArgumentException("Rows " + from + " to " + to + " were asked for, but '"
                    + dataset.getPath() + "' has " + rows() + ".");
        }
        try {
            return slices.read(from, to);
        } catch (HdfException e) {
            throw new IllegalArgumentException("'" + dataset.getPath() + "' is damaged: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
