// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * A 2-D Darcy file of PDEBench (Takamoto et al., "PDEBench: an extensive benchmark for scientific machine learning",
 * NeurIPS 2022): HDF5 with the coefficient {@code nu} (N, s, s), the solution {@code tensor} (N, 1, s, s), the
 * coordinates of the cell centres, and the source strength as attribute {@code beta}.
 *
 * <p>Opening reads only the structure; {@link #read} reads only its slice. Used by one thread at a time: open the file
 * once per thread.
 */
public final class PdeBenchDarcy implements AutoCloseable {
    /** Name of the field that the file calls {@code nu}. */
    public static final String COEFFICIENT = "coefficient";

    /** Name of the field that the file calls {@code tensor}. */
    public static final String SOLUTION = "solution";

    /** Name of the parameter: the constant right-hand side. */
    public static final String BETA = "beta";

    private final String name;
    private final HdfFile file;
    private final SampleSlices coefficient;
    private final SampleSlices solution;
    private final int samples;
    private final RegularGrid grid;
    private final Map<String, Double> parameters;

    private PdeBenchDarcy(String name, HdfFile file, SeekableByteChannel channel) throws IOException {
        this.name = name;
        this.file = file;
        Dataset nu = dataset("nu");
        Dataset tensor = dataset("tensor");
        int[] shape = nu.getDimensions();
        int[] expected = shape.length == 3 ? new int[] {shape[0], 1, shape[1], shape[2]} : new int[0];
        if (!Arrays.equals(tensor.getDimensions(), expected)) {
            throw new IllegalArgumentException("'nu' has shape " + Arrays.toString(shape) + " and 'tensor' "
                    + Arrays.toString(tensor.getDimensions()) + ", not (N, s, s) and (N, 1, s, s)");
        }
        samples = shape[0];
        coefficient = new SampleSlices(channel, file.getUserBlockSize(), nu);
        solution = new SampleSlices(channel, file.getUserBlockSize(), tensor);
        grid = new RegularGrid(
                List.of(axis("x-coordinate", shape[1], channel), axis("y-coordinate", shape[2], channel)));
        Attribute beta = file.getAttribute(BETA);
        parameters = beta == null ? Map.of() : Map.of(BETA, ((Number) beta.getData()).doubleValue());
    }

    /**
     * Opens a local file.
     *
     * @throws IllegalArgumentException if there is no such file or it is not a 2-D Darcy file; the message says what is
     *     there instead
     */
    public static PdeBenchDarcy open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("There is no file " + path + ".");
        }
        try {
            return open(Files.newByteChannel(path), path.toUri());
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Opens a file on any storage.
     *
     * @param channel the file; closed with the returned object, or at once if opening fails
     * @param location names the file in messages
     * @throws IllegalArgumentException if it is not a 2-D Darcy file; the message says what is there instead
     */
    public static PdeBenchDarcy open(SeekableByteChannel channel, URI location) {
        boolean open = false;
        try {
            PdeBenchDarcy darcy = new PdeBenchDarcy(location.toString(), new HdfFile(channel, location), channel);
            open = true;
            return darcy;
        } catch (HdfException e) {
            throw new IllegalArgumentException(
                    "The file " + location + " is not a readable HDF5 file: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The file " + location + " is not a 2-D Darcy file of PDEBench: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + location + " cannot be read: " + e.getMessage(), e);
        } finally {
            if (!open) {
                closeQuietly(channel);
            }
        }
    }

    private static void closeQuietly(SeekableByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The reason why opening failed is the one to report.
        }
    }

    private Dataset dataset(String child) {
        Node node = file.getChildren().get(child);
        if (node instanceof Dataset dataset) {
            return dataset;
        }
        throw new IllegalArgumentException("it has no dataset '" + child + "', only "
                + file.getChildren().keySet() + "; take a file named 2D_DarcyFlow_beta*_Train.hdf5");
    }

    /** The axis of a coordinate dataset, or cell centres of the unit interval where the file has none. */
    private RegularGrid.Axis axis(String child, int points, SeekableByteChannel channel) throws IOException {
        if (!file.getChildren().containsKey(child)) {
            return new RegularGrid.Axis(points, 0.5 / points, 1 - 0.5 / points, false);
        }
        Dataset stored = dataset(child);
        if (!Arrays.equals(stored.getDimensions(), new int[] {points})) {
            throw new IllegalArgumentException("'" + child + "' has shape " + Arrays.toString(stored.getDimensions())
                    + ", but the fields have " + points + " points there");
        }
        double[] coordinates = new SampleSlices(channel, file.getUserBlockSize(), stored).read(0, points);
        RegularGrid.Axis axis = new RegularGrid.Axis(points, coordinates[0], coordinates[points - 1], false);
        for (int i = 0; i < points; i++) {
            // Coordinates are often 32-bit floats, so they are only equally spaced up to their rounding.
            if (Math.abs(coordinates[i] - axis.coordinate(i)) > 1e-3 * axis.spacing()) {
                throw new IllegalArgumentException("'" + child + "' is not equally spaced at point " + i);
            }
        }
        return axis;
    }

    /** Number of samples in the file. */
    public int samples() {
        return samples;
    }

    /** The grid of every sample. */
    public RegularGrid grid() {
        return grid;
    }

    /**
     * Reads a slice.
     *
     * @param from first sample
     * @param to one after the last sample
     * @return the samples; their seeds are their positions in the file
     * @throws IllegalArgumentException if the slice lies outside the file or holds a value that is not finite
     * @throws UncheckedIOException if reading fails
     */
    public List<PdeSample> read(int from, int to) {
        if (from < 0 || to < from || to > samples) {
            throw new IllegalArgumentException(
                    "Samples " + from + " to " + to + " were asked for, but " + name + " has " + samples + ".");
        }
        try {
            double[] nu = coefficient.read(from, to);
            double[] tensor = solution.read(from, to);
            List<PdeSample> slice = new ArrayList<>();
            for (int i = 0; i < to - from; i++) {
                List<Field> fields = List.of(field(COEFFICIENT, nu, i), field(SOLUTION, tensor, i));
                slice.add(new PdeSample(from + i, grid, fields, parameters));
            }
            return slice;
        } catch (HdfException e) {
            throw new IllegalArgumentException("The file " + name + " is damaged: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + name + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private Field field(String field, double[] values, int sample) {
        int points = grid.points();
        return new Field(field, grid.shape(), Arrays.copyOfRange(values, sample * points, (sample + 1) * points));
    }

    @Override
    public void close() {
        file.close();
    }
}
