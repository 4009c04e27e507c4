// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.sparkjno.datasets.format.FlatArray;

/**
 * Rows that lie in a file one after another.
 *
 * @param array these
 */
record FlatRows(FlatArray array) implements Numbers.OnDemand {
    @Override
    public int rows() {
        return array.rows();
    }

    @Override
    public int width() {
        return array.width();
    }

    @Override
    public double[] rows(int[] samples) {
        try {
            return array.read(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The rows of " + array.file() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
