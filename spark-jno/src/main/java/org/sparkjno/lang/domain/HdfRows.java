// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.sparkjno.datasets.format.HdfArray;

/**
 * Rows of an HDF5 dataset in chunks. The file is opened for each step, so that a problem can be sent to other machines.
 *
 * @param file its path
 * @param dataset its path in the file
 * @param rows how many there are
 * @param width numbers of a row
 */
record HdfRows(String file, String dataset, int rows, int width) implements Numbers.OnDemand {
    @Override
    public double[] rows(int[] samples) {
        double[] values = new double[Math.multiplyExact(samples.length, width)];
        try (HdfArray array = HdfArray.open(Path.of(file), dataset)) {
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(array.read(samples[i], samples[i] + 1), 0, values, i * width, width);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The rows of " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return values;
    }
}
