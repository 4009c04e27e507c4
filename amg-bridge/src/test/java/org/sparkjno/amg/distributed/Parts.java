// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.collective.Collective;

/** What each rank has of matrices and vectors that everybody could hold, divided as evenly as can be. */
final class Parts {
    private Parts() {}

    /** Positions of this rank's first entry and of the one after its last. */
    static int[] entries(CsrMatrix a, Collective world) {
        RowPartition partition = RowPartition.even(a.rows(), world.size());
        return new int[] {
            a.rowStart()[(int) partition.start(world.rank())], a.rowStart()[(int) partition.start(world.rank() + 1)]
        };
    }

    static RowBlock rows(CsrMatrix a, Collective world) {
        return rows(a, 1, world);
    }

    /** Of whole nodes of so many rows. */
    static RowBlock rows(CsrMatrix a, int blockSize, Collective world) {
        RowPartition partition = RowPartition.even(a.rows() / blockSize, world.size());
        int first = blockSize * (int) partition.start(world.rank());
        int end = blockSize * (int) partition.start(world.rank() + 1);
        int[] entries = {a.rowStart()[first], a.rowStart()[end]};
        int[] rowStart = Arrays.copyOfRange(a.rowStart(), first, end + 1);
        for (int i = 0; i < rowStart.length; i++) {
            rowStart[i] -= entries[0];
        }
        return new RowBlock(
                rowStart,
                Arrays.stream(a.columns(), entries[0], entries[1])
                        .asLongStream()
                        .toArray(),
                Arrays.copyOfRange(a.values(), entries[0], entries[1]));
    }

    static DistributedMatrix matrix(CsrMatrix a, Collective world) {
        return DistributedMatrix.of(world, rows(a, world));
    }

    /** Of vectors of (rows x width) numbers. */
    static double[] vector(double[] whole, int width, Collective world) {
        RowPartition partition = RowPartition.even(whole.length / width, world.size());
        return Arrays.copyOfRange(
                whole, width * (int) partition.start(world.rank()), width * (int) partition.start(world.rank() + 1));
    }
}
