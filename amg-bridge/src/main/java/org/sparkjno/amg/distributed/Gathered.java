// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.collective.Collective;

/** Small levels, gathered from all ranks on every rank, where each then does the same work without a message. */
final class Gathered {
    private static final int ENTRY = Long.BYTES + Double.BYTES;

    private Gathered() {}

    /** The whole matrix; made by all ranks together. */
    static CsrMatrix matrix(DistributedMatrix matrix) {
        RowBlock block = matrix.block();
        ByteBuffer own = Halo.buffer(Integer.BYTES * block.rows() + ENTRY * block.columns().length);
        for (int i = 0; i < block.rows(); i++) {
            own.putInt(block.rowStart()[i + 1] - block.rowStart()[i]);
        }
        for (int k = 0; k < block.columns().length; k++) {
            own.putLong(block.columns()[k]).putDouble(block.values()[k]);
        }
        List<byte[]> all = matrix.world().allGather(own.array());
        int n = Math.toIntExact(matrix.rows().rows());
        int columns = Math.toIntExact(matrix.columns().rows());
        CsrAssembler assembler = new CsrAssembler(n, columns, Math.multiplyExact(all.size(), block.columns().length));
        int row = 0;
        for (int rank = 0; rank < all.size(); rank++) {
            ByteBuffer part = ByteBuffer.wrap(all.get(rank)).order(own.order());
            int rows = matrix.rows().size(rank);
            int[] lengths = new int[rows];
            Arrays.setAll(lengths, i -> part.getInt());
            for (int length : lengths) {
                for (int k = 0; k < length; k++) {
                    assembler.add(row, (int) part.getLong(), part.getDouble());
                }
                row++;
            }
        }
        return assembler.assemble();
    }

    /** Whole vectors of which every rank has its own components, (rows x width); made by all ranks together. */
    static double[] vector(Collective world, RowPartition partition, double[] own, int width) {
        ByteBuffer bytes = Halo.buffer(own.length * Double.BYTES);
        bytes.asDoubleBuffer().put(own);
        double[] whole = new double[Math.multiplyExact(Math.toIntExact(partition.rows()), width)];
        DoubleBuffer target = DoubleBuffer.wrap(whole);
        for (byte[] part : world.allGather(bytes.array())) {
            target.put(ByteBuffer.wrap(part).order(bytes.order()).asDoubleBuffer());
        }
        return whole;
    }
}
