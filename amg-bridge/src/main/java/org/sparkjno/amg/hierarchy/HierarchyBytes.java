// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Hierarchies as bytes: columns as differences to the one before in as few bytes as they need, values in full, and no
 * restriction that is the transpose of its interpolation.
 */
final class HierarchyBytes {
    private static final int MAGIC = 0x4A4E4F48;
    private static final int VERSION = 1;

    private HierarchyBytes() {}

    /** What stands for a hierarchy in a stream of objects. */
    static final class Form implements Externalizable {
        private static final long serialVersionUID = 1;

        private transient Hierarchy hierarchy;

        /** For the stream. */
        public Form() {}

        Form(Hierarchy hierarchy) {
            this.hierarchy = hierarchy;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            HierarchyBytes.write(hierarchy, out);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            hierarchy = HierarchyBytes.read(in);
        }

        @Serial
        private Object readResolve() {
            return hierarchy;
        }
    }

    private static void write(Hierarchy hierarchy, DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(hierarchy.levels().size());
        for (Level level : hierarchy.levels()) {
            out.writeInt(level.blockSize());
            writeMatrix(level.matrix(), out);
            out.writeBoolean(level.toCoarser().isPresent());
            if (level.toCoarser().isPresent()) {
                Level.Transfer transfer = level.toCoarser().get();
                writeMatrix(transfer.interpolation(), out);
                boolean isTranspose = isTranspose(transfer);
                out.writeBoolean(isTranspose);
                if (!isTranspose) {
                    writeMatrix(transfer.restriction(), out);
                }
            }
        }
    }

    private static Hierarchy read(DataInput in) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new StreamCorruptedException(
                    "These bytes are no hierarchy of this release; write it again with the release that reads it.");
        }
        int count = in.readInt();
        List<Level> levels = new ArrayList<>();
        for (int l = 0; l < count; l++) {
            int blockSize = in.readInt();
            CsrMatrix matrix = readMatrix(in);
            Optional<Level.Transfer> transfer = Optional.empty();
            if (in.readBoolean()) {
                CsrMatrix interpolation = readMatrix(in);
                CsrMatrix restriction = in.readBoolean() ? interpolation.transpose() : readMatrix(in);
                transfer = Optional.of(new Level.Transfer(interpolation, restriction));
            }
            levels.add(new Level(matrix, blockSize, transfer));
        }
        return new Hierarchy(levels);
    }

    private static boolean isTranspose(Level.Transfer transfer) {
        CsrMatrix transposed = transfer.interpolation().transpose();
        return transposed.pattern().equals(transfer.restriction().pattern())
                && Arrays.equals(transposed.values(), transfer.restriction().values());
    }

    private static void writeMatrix(CsrMatrix matrix, DataOutput out) throws IOException {
        out.writeInt(matrix.rows());
        out.writeInt(matrix.columnCount());
        out.writeInt(matrix.entries());
        for (int i = 0; i < matrix.rows(); i++) {
            writeNumber(matrix.rowStart()[i + 1] - matrix.rowStart()[i], out);
            int previous = -1;
            for (int k = matrix.rowStart()[i]; k < matrix.rowStart()[i + 1]; k++) {
                writeNumber(matrix.columns()[k] - previous - 1, out);
                previous = matrix.columns()[k];
            }
        }
        for (double value : matrix.values()) {
            out.writeDouble(value);
        }
    }

    private static CsrMatrix readMatrix(DataInput in) throws IOException {
        int rows = in.readInt();
        int columnCount = in.readInt();
        int entries = in.readInt();
        int[] rowStart = new int[rows + 1];
        int[] columns = new int[entries];
        for (int i = 0; i < rows; i++) {
            rowStart[i + 1] = rowStart[i] + readNumber(in);
            int previous = -1;
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                previous += 1 + readNumber(in);
                columns[k] = previous;
            }
        }
        double[] values = new double[entries];
        for (int k = 0; k < entries; k++) {
            values[k] = in.readDouble();
        }
        return CsrMatrix.of(rows, columnCount, rowStart, columns, values);
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private static void writeNumber(int number, DataOutput out) throws IOException {
        int rest = number;
        while (rest > 0x7F) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int readNumber(DataInput in) throws IOException {
        int number = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            number |= (next & 0x7F) << shift;
            shift += 7;
        } while (next > 0x7F);
        return number;
    }
}
