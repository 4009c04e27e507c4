// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.sparkjno.amg.format.MatrixMarketHeader.Symmetry;

/**
 * Matrix Market text: coordinates or arrays of real, integer, complex or pattern values, whole or one triangle of them.
 * Streams in one pass, so that a file may be larger than memory holds of text.
 *
 * <p>R. F. Boisvert, R. Pozo, K. A. Remington, "The Matrix Market exchange formats: initial design", NISTIR 5935, 1996.
 */
public final class MatrixMarket {
    /** Java arrays end a few elements below 2³¹. */
    private static final int LARGEST = Integer.MAX_VALUE - 9;

    private MatrixMarket() {}

    /**
     * Reads a sparse matrix; zeros of an array are left out, those of coordinates kept. Entries of a pattern are 1.
     *
     * @param name of the file, for messages
     * @throws MatrixFormatException naming the line if the text is none
     */
    public static StoredMatrix readMatrix(InputStream in, String name) throws IOException {
        return read(in, name, MatrixEntries::begin);
    }

    /**
     * Reads dense vectors, the columns of the matrix in the file.
     *
     * @param name of the file, for messages
     * @throws MatrixFormatException naming the line if the text is none
     */
    public static StoredVectors readVectors(InputStream in, String name) throws IOException {
        return read(in, name, VectorEntries::begin);
    }

    /** Writes a matrix as coordinates: its lower triangle where it is symmetric to the last bit, complex where it is. */
    public static void write(StoredMatrix matrix, OutputStream out) throws IOException {
        new MatrixMarketWriter(out).write(matrix);
    }

    /** Writes vectors as an array. */
    public static void write(StoredVectors vectors, OutputStream out) throws IOException {
        new MatrixMarketWriter(out).write(vectors);
    }

    static <T> T read(InputStream in, String name, EntrySink.Factory<T> factory) throws IOException {
        TokenReader reader = new TokenReader(in, name);
        try {
            MatrixMarketHeader header = reader.header();
            return header.array() ? readArray(reader, header, factory) : readCoordinates(reader, header, factory);
        } catch (IllegalArgumentException e) {
            throw new MatrixFormatException(reader.error(e.getMessage()).getMessage(), e);
        }
    }

    private static int size(TokenReader reader, String what) throws IOException {
        long size = reader.integer(what);
        if (size < 0 || size > LARGEST) {
            throw reader.error("the " + what + " must be between 0 and " + LARGEST + ", but is " + size + ".");
        }
        return (int) size;
    }

    private static void requireSquare(MatrixMarketHeader header, int rows, int columns) {
        if (header.symmetry() != Symmetry.GENERAL && rows != columns) {
            throw new IllegalArgumentException(
                    "a matrix with a symmetry is square, but this one is " + rows + " x " + columns + ".");
        }
    }

    private static <T> T readCoordinates(TokenReader reader, MatrixMarketHeader header, EntrySink.Factory<T> factory)
            throws IOException {
        if (!reader.toNextLine()) {
            throw reader.error("the file ends before the line of sizes.");
        }
        int rows = size(reader, "number of rows");
        int columns = size(reader, "number of columns");
        long entries = reader.integer("number of entries");
        if (entries < 0 || entries > Integer.MAX_VALUE) {
            throw reader.error(entries + " entries are declared, but a matrix takes 0 to 2147483647; distribute its"
                    + " rows over several files.");
        }
        requireSquare(header, rows, columns);
        EntrySink<T> sink = factory.begin(rows, columns, entries, header.complex());
        reader.requireEndOfLine();
        for (long k = 0; k < entries; k++) {
            if (!reader.toNextLine()) {
                throw reader.error("the file ends after " + k + " of " + entries + " entries.");
            }
            readCoordinate(reader, header, rows, columns, sink);
        }
        requireEnd(reader, entries);
        return sink.finish();
    }

    private static void readCoordinate(
            TokenReader reader, MatrixMarketHeader header, int rows, int columns, EntrySink<?> sink)
            throws IOException {
        int i = index(reader, "row", rows);
        int j = index(reader, "column", columns);
        double real = 1;
        double imaginary = 0;
        if (header.field() != MatrixMarketHeader.Field.PATTERN) {
            real = reader.number("value");
            imaginary = header.complex() ? reader.number("imaginary part") : 0;
        }
        if (i < header.firstRow(j)) {
            throw reader.error("entry (" + (i + 1) + ", " + (j + 1) + ") lies " + (i == j ? "on" : "above")
                    + " the diagonal, where a file of this symmetry stores nothing.");
        }
        add(header, i, j, real, imaginary, sink);
        reader.requireEndOfLine();
    }

    private static int index(TokenReader reader, String what, int count) throws IOException {
        long index = reader.integer(what);
        if (index < 1 || index > count) {
            throw reader.error("the " + what + " must lie between 1 and " + count + ", but is " + index + ".");
        }
        return (int) index - 1;
    }

    private static <T> T readArray(TokenReader reader, MatrixMarketHeader header, EntrySink.Factory<T> factory)
            throws IOException {
        if (!reader.toNextLine()) {
            throw reader.error("the file ends before the line of sizes.");
        }
        int rows = size(reader, "number of rows");
        int columns = size(reader, "number of columns");
        requireSquare(header, rows, columns);
        EntrySink<T> sink = factory.begin(rows, columns, rows, header.complex());
        reader.requireEndOfLine();
        long count = 0;
        for (int j = 0; j < columns; j++) {
            for (int i = header.firstRow(j); i < rows; i++) {
                if (!reader.toNextLine()) {
                    throw reader.error(
                            "the file ends after " + count + " values of a " + rows + " x " + columns + " array.");
                }
                double real = reader.number("value");
                double imaginary = header.complex() ? reader.number("imaginary part") : 0;
                if (real != 0 || imaginary != 0) {
                    add(header, i, j, real, imaginary, sink);
                }
                reader.requireEndOfLine();
                count++;
            }
        }
        requireEnd(reader, count);
        return sink.finish();
    }

    private static void add(MatrixMarketHeader header, int i, int j, double real, double imaginary, EntrySink<?> sink) {
        sink.add(i, j, real, imaginary);
        if (i != j) {
            switch (header.symmetry()) {
                case GENERAL -> {}
                case SYMMETRIC -> sink.add(j, i, real, imaginary);
                case SKEW_SYMMETRIC -> sink.add(j, i, -real, -imaginary);
                case HERMITIAN -> sink.add(j, i, real, -imaginary);
            }
        }
    }

    private static void requireEnd(TokenReader reader, long count) throws IOException {
        if (reader.toNextLine()) {
            throw reader.error("there are more values than the " + count + " that the size asks for.");
        }
    }
}
