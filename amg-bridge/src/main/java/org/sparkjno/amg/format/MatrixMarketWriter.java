// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Writes Matrix Market text; numbers read back as the same doubles. */
final class MatrixMarketWriter {
    private final BufferedWriter out;

    MatrixMarketWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII), 1 << 16);
    }

    void write(StoredMatrix stored) throws IOException {
        if (stored.complex()) {
            writeComplex(stored.matrix());
        } else {
            CsrMatrix a = stored.matrix();
            writeReal(a, a.rows() == a.columnCount() && a.isSymmetric(0));
        }
        out.flush();
    }

    private void writeReal(CsrMatrix a, boolean symmetric) throws IOException {
        int entries = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                entries += !symmetric || a.columns()[k] <= i ? 1 : 0;
            }
        }
        line("%%MatrixMarket matrix coordinate real " + (symmetric ? "symmetric" : "general"));
        line(a.rows() + " " + a.columnCount() + " " + entries);
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                if (!symmetric || a.columns()[k] <= i) {
                    line((i + 1) + " " + (a.columns()[k] + 1) + " " + a.values()[k]);
                }
            }
        }
    }

    /** The upper row (a, -b) of each block says all. */
    private void writeComplex(CsrMatrix a) throws IOException {
        line("%%MatrixMarket matrix coordinate complex general");
        line(a.rows() / 2 + " " + a.columnCount() / 2 + " " + a.entries() / 4);
        for (int i = 0; i < a.rows(); i += 2) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k += 2) {
                int column = a.columns()[k];
                if (column % 2 != 0 || k + 1 == a.entries() || a.columns()[k + 1] != column + 1) {
                    throw new IllegalArgumentException(
                            "Row " + i + " of the " + a + " is no row of the real form of a complex matrix.");
                }
                line((i / 2 + 1) + " " + (column / 2 + 1) + " " + a.values()[k] + " " + (0 - a.values()[k + 1]));
            }
        }
    }

    void write(StoredVectors vectors) throws IOException {
        int step = vectors.complex() ? 2 : 1;
        line("%%MatrixMarket matrix array " + (vectors.complex() ? "complex" : "real") + " general");
        line(vectors.rows() / step + " " + vectors.width());
        double[] values = vectors.values();
        for (int j = 0; j < vectors.width(); j++) {
            for (int i = 0; i < vectors.rows(); i += step) {
                int at = i * vectors.width() + j;
                line(values[at] + (vectors.complex() ? " " + values[at + vectors.width()] : ""));
            }
        }
        out.flush();
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }
}
