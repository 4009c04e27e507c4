// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * Slices of an HDF5 dataset along its first axis. Contiguous data is read by one positional read per slice, because jhdf
 * would make one per innermost row, which is fatal on remote storage; chunked data goes through jhdf, which reads only
 * the chunks that the slice meets.
 */
final class SampleSlices {
    private final SeekableByteChannel channel;
    private final long userBlock;
    private final Dataset dataset;
    private final FloatingPoint type;
    private final int valuesPerSample;

    /**
     * The slices of a dataset.
     *
     * @param channel the file
     * @param userBlock bytes before the HDF5 superblock; addresses count from after them
     * @param dataset a dataset of 32- or 64-bit floats
     */
    SampleSlices(SeekableByteChannel channel, long userBlock, Dataset dataset) {
        this.channel = channel;
        this.userBlock = userBlock;
        this.dataset = dataset;
        if (!(dataset.getDataType() instanceof FloatingPoint floating)
                || (floating.getSize() != Float.BYTES && floating.getSize() != Double.BYTES)) {
            throw new IllegalArgumentException("Dataset '" + dataset.getName() + "' holds no 32- or 64-bit floats, but "
                    + dataset.getJavaType().getSimpleName() + ".");
        }
        type = floating;
        int[] shape = dataset.getDimensions();
        valuesPerSample = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    }

    /** Values of samples [from, to), one after the other. */
    double[] read(int from, int to) throws IOException {
        double[] values = new double[Math.multiplyExact(to - from, valuesPerSample)];
        // A dataset that was never written has no address; jhdf then fills in the fill value.
        if (dataset instanceof ContiguousDataset contiguous && !dataset.isEmpty()) {
            readContiguous(contiguous.getDataAddress(), from, values);
        } else if (values.length > 0) {
            long[] offset = new long[dataset.getDimensions().length];
            offset[0] = from;
            int[] shape = dataset.getDimensions();
            shape[0] = to - from;
            flatten(dataset.getData(offset, shape), values, 0);
        }
        return values;
    }

    private void readContiguous(long address, int from, double[] values) throws IOException {
        int size = type.getSize();
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, size));
        channel.position(userBlock + address + (long) from * valuesPerSample * size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("it ends at byte " + channel.size() + ", within dataset '" + dataset.getName()
                        + "'; copy or download it again");
            }
        }
        buffer.flip().order(type.getByteOrder());
        for (int i = 0; i < values.length; i++) {
            values[i] = size == Float.BYTES ? buffer.getFloat() : buffer.getDouble();
        }
    }

    /** Copies nested arrays in row-major order; returns the position after the last value. */
    private static int flatten(Object nested, double[] values, int position) {
        int next = position;
        if (nested instanceof Object[] rows) {
            for (Object row : rows) {
                next = flatten(row, values, next);
            }
            return next;
        }
        for (int i = 0; i < Array.getLength(nested); i++) {
            values[next++] = Array.getDouble(nested, i);
        }
        return next;
    }
}
