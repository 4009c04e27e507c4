// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.sparkjno.datasets.source.ParquetColumn;

/**
 * Rows of a column of Parquet files.
 *
 * @param column the column
 */
record ParquetRows(ParquetColumn column) implements Numbers.OnDemand {
    @Override
    public int rows() {
        return column.rows();
    }

    @Override
    public int width() {
        return column.width();
    }

    @Override
    public double[] rows(int[] samples) {
        try {
            return column.read(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The rows of " + column.location() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
