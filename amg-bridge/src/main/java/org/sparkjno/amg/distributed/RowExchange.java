// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Traffic;

/** Rows of matrices on their way between ranks, which set-ups need: a row travels as its columns and values. */
final class RowExchange {
    private static final int ENTRY = Long.BYTES + Double.BYTES;

    private RowExchange() {}

    /**
     * The rows of the ghosts; made by all ranks together.
     *
     * @param halo which foreign rows this rank needs
     * @param own this rank's rows
     */
    static RowBlock ofGhosts(Halo halo, RowBlock own) {
        long[] lengths = new long[own.rows()];
        Arrays.setAll(lengths, i -> own.rowStart()[i + 1] - own.rowStart()[i]);
        int[] rowStart = starts(halo.ghosts(lengths));
        ByteBuffer arrived = send(halo.world(), own, halo.sent(), halo::sentTo);
        return unpack(rowStart, arrived);
    }

    /**
     * This rank's rows, to which all that others have for them is added; made by all ranks together.
     *
     * @param halo whose ghosts are the foreign rows
     * @param all this rank's part of its own rows and then of those of the ghosts
     */
    static RowBlock toOwners(Halo halo, RowBlock all) {
        int own = all.rows() - halo.size();
        int[] foreign = new int[halo.size()];
        Arrays.setAll(foreign, g -> own + g);
        int[] ghostsOf = new int[halo.world().size()];
        for (long ghost : halo.ghosts()) {
            ghostsOf[halo.partition().owner(ghost)]++;
        }
        long[] lengths = new long[halo.size()];
        Arrays.setAll(lengths, g -> all.rowStart()[own + g + 1] - all.rowStart()[own + g]);
        int[] rows = halo.sent();
        int[] arrivedStart = starts(halo.fromGhosts(lengths));
        RowBlock arrived = unpack(arrivedStart, send(halo.world(), all, foreign, rank -> ghostsOf[rank]));
        return RowSum.of(all, own, arrived, rows);
    }

    private static int[] starts(long[] lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            starts[i + 1] = Math.toIntExact(starts[i] + lengths[i]);
        }
        return starts;
    }

    private interface RowsPerRank {
        int of(int rank);
    }

    private static ByteBuffer send(Collective world, RowBlock block, int[] rows, RowsPerRank perRank) {
        int[] bytes = new int[world.size()];
        int row = 0;
        long total = 0;
        for (int rank = 0; rank < bytes.length; rank++) {
            long sum = 0;
            for (int end = row + perRank.of(rank); row < end; row++) {
                sum += block.rowStart()[rows[row] + 1] - block.rowStart()[rows[row]];
            }
            bytes[rank] = Math.toIntExact(sum * ENTRY);
            total += bytes[rank];
        }
        Traffic traffic = Traffic.agree(world, bytes);
        ByteBuffer outgoing = Halo.buffer(Math.toIntExact(total));
        for (int i : rows) {
            for (int k = block.rowStart()[i]; k < block.rowStart()[i + 1]; k++) {
                outgoing.putLong(block.columns()[k]).putDouble(block.values()[k]);
            }
        }
        ByteBuffer incoming = Halo.buffer(traffic.received(world.rank()));
        world.exchange(traffic, outgoing.flip(), incoming);
        return incoming;
    }

    private static RowBlock unpack(int[] rowStart, ByteBuffer arrived) {
        int entries = rowStart[rowStart.length - 1];
        long[] columns = new long[entries];
        double[] values = new double[entries];
        for (int k = 0; k < entries; k++) {
            columns[k] = arrived.getLong();
            values[k] = arrived.getDouble();
        }
        return new RowBlock(rowStart, columns, values);
    }
}
