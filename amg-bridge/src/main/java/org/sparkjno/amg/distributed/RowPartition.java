// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.collective.Collective;

/** Consecutive global rows for each rank, in the order of the ranks. Immutable. */
public final class RowPartition {
    private final long[] starts;

    private RowPartition(long[] starts) {
        this.starts = starts;
    }

    /** {@code rows} rows for {@code ranks} ranks, of which no two differ by more than one row. */
    public static RowPartition even(long rows, int ranks) {
        if (rows < 0 || ranks < 1) {
            throw new IllegalArgumentException("Cannot divide " + rows + " rows over " + ranks + " ranks.");
        }
        long[] starts = new long[ranks + 1];
        for (int rank = 0; rank <= ranks; rank++) {
            starts[rank] = rows / ranks * rank + Math.min(rank, rows % ranks);
        }
        return new RowPartition(starts);
    }

    /** Every rank says how many rows it has. */
    public static RowPartition agree(Collective world, int localRows) {
        List<byte[]> all = world.allGather(
                ByteBuffer.allocate(Integer.BYTES).putInt(localRows).array());
        long[] starts = new long[world.size() + 1];
        for (int rank = 0; rank < world.size(); rank++) {
            starts[rank + 1] = starts[rank] + ByteBuffer.wrap(all.get(rank)).getInt();
        }
        return new RowPartition(starts);
    }

    /** Number of ranks. */
    public int ranks() {
        return starts.length - 1;
    }

    /** Number of rows of all ranks. */
    public long rows() {
        return starts[ranks()];
    }

    /** The first row of a rank; that of rank {@code ranks()} is the number of rows. */
    public long start(int rank) {
        return starts[rank];
    }

    /** Number of rows of a rank. */
    public int size(int rank) {
        return Math.toIntExact(starts[rank + 1] - starts[rank]);
    }

    /** The rank that has a row. */
    public int owner(long row) {
        if (row < 0 || row >= rows()) {
            throw new IllegalArgumentException("There is no row " + row + " among " + rows() + ".");
        }
        int found = Arrays.binarySearch(starts, row);
        if (found < 0) {
            return -found - 2;
        }
        // Ranks without rows start where the next one starts.
        while (starts[found + 1] == row) {
            found++;
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowPartition that && Arrays.equals(starts, that.starts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        return rows() + " rows on " + ranks() + " ranks";
    }
}
