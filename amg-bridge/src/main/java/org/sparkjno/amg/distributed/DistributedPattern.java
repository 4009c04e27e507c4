// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.kernels.collective.Collective;

/**
 * Where the entries of a matrix whose rows are divided over ranks stand, with the halo of the vectors it is multiplied with.
 * Planned once, used for any number of values. Immutable.
 */
public final class DistributedPattern {
    private final RowPartition rows;
    private final Halo halo;
    private final int[] rowStart;
    /** Own columns by their place among the own ones; those of the halo follow. */
    private final int[] columns;

    private DistributedPattern(RowPartition rows, Halo halo, int[] rowStart, int[] columns) {
        this.rows = rows;
        this.halo = halo;
        this.rowStart = rowStart;
        this.columns = columns;
    }

    /**
     * The pattern of a square matrix of which each rank brings consecutive rows; made by all ranks together.
     *
     * @param world the ranks, in whose order the rows follow each other
     * @param block this rank's rows, of which the values do not count
     * @throws IllegalArgumentException on all ranks alike if the entries of one are no rows of such a matrix
     */
    public static DistributedPattern of(Collective world, RowBlock block) {
        RowPartition partition = RowPartition.agree(world, block.rows());
        return of(world, partition, partition, block);
    }

    /**
     * The pattern of a matrix of which each rank brings consecutive rows; made by all ranks together.
     *
     * @param rows which rank has which rows
     * @param columns which rank has which components of the vectors it is multiplied with
     */
    static DistributedPattern of(Collective world, RowPartition rows, RowPartition columns, RowBlock block) {
        Agreement.on(world, block.objectionToColumns(columns.rows(), rows.start(world.rank())));
        long first = columns.start(world.rank());
        long end = columns.start(world.rank() + 1);
        long[] ghosts = LongStream.of(block.columns())
                .filter(j -> j < first || j >= end)
                .sorted()
                .distinct()
                .toArray();
        Halo halo = Halo.plan(world, columns, ghosts);
        int[] local = LongStream.of(block.columns()).mapToInt(halo::local).toArray();
        return new DistributedPattern(rows, halo, block.rowStart(), local);
    }

    /**
     * The matrix of this pattern; made by all ranks together.
     *
     * @param values of this rank's entries, in the order of its block
     * @throws IllegalArgumentException on all ranks alike if one has another number of values, or one that is not finite
     */
    public DistributedMatrix matrix(double[] values) {
        Agreement.on(world(), objection(values));
        int ownColumns = halo.partition().size(world().rank());
        CsrAssembler own = new CsrAssembler(localRows(), ownColumns, values.length);
        CsrAssembler coupling = new CsrAssembler(localRows(), halo.size(), 0);
        for (int i = 0; i < localRows(); i++) {
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                if (columns[k] < ownColumns) {
                    own.add(i, columns[k], values[k]);
                } else {
                    coupling.add(i, columns[k] - ownColumns, values[k]);
                }
            }
        }
        return new DistributedMatrix(rows, halo, own.assemble(), coupling.assemble());
    }

    private String objection(double[] values) {
        if (values.length != columns.length) {
            return "There are " + columns.length + " entries, but " + values.length + " values.";
        }
        for (int i = 0; i < localRows(); i++) {
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                if (!Double.isFinite(values[k])) {
                    return "Entry (" + (rows.start(world().rank()) + i) + ", " + halo.global(columns[k]) + ") is "
                            + values[k] + ".";
                }
            }
        }
        return "";
    }

    Collective world() {
        return halo.world();
    }

    Halo halo() {
        return halo;
    }

    /** Which rank has which rows. */
    public RowPartition rows() {
        return rows;
    }

    /** Number of this rank's rows. */
    public int localRows() {
        return rowStart.length - 1;
    }

    /** Number of this rank's entries. */
    public int localEntries() {
        return columns.length;
    }

    /** For every entry of this rank its row, counted from its first one: a new array. */
    int[] rowOfEntries() {
        int[] row = new int[columns.length];
        for (int i = 0; i < localRows(); i++) {
            Arrays.fill(row, rowStart[i], rowStart[i + 1], i);
        }
        return row;
    }

    /** For every entry of this rank where its column stands among own components and, after them, ghosts; to be read only. */
    int[] columns() {
        return columns;
    }

    @Override
    public String toString() {
        return rows.rows() + " x " + halo.partition().rows() + " pattern on " + rows.ranks() + " ranks";
    }
}
