// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.kernels.collective.Collective;

/**
 * A sparse matrix whose rows are divided over the ranks of a world, with 64-bit global and 32-bit local numbers. Each rank
 * holds its rows in two parts: the columns that it owns, and those of its halo. Immutable. Every operation that is marked so
 * is made by all ranks together.
 */
public final class DistributedMatrix {
    private final RowPartition rows;
    private final Halo halo;
    private final CsrMatrix own;
    private final CsrMatrix coupling;

    DistributedMatrix(RowPartition rows, Halo halo, CsrMatrix own, CsrMatrix coupling) {
        this.rows = rows;
        this.halo = halo;
        this.own = own;
        this.coupling = coupling;
    }

    /**
     * A square matrix of which each rank brings consecutive rows; made by all ranks together.
     *
     * @param world the ranks, in whose order the rows follow each other
     * @param block this rank's rows
     * @throws IllegalArgumentException on all ranks alike if the entries of one are no rows of such a matrix
     */
    public static DistributedMatrix of(Collective world, RowBlock block) {
        RowPartition partition = RowPartition.agree(world, block.rows());
        return of(world, partition, partition, block);
    }

    /**
     * A matrix of which each rank brings consecutive rows; made by all ranks together.
     *
     * @param rows which rank has which rows
     * @param columns which rank has which components of the vectors it is multiplied with
     */
    static DistributedMatrix of(Collective world, RowPartition rows, RowPartition columns, RowBlock block) {
        return DistributedPattern.of(world, rows, columns, block).matrix(block.values());
    }

    Collective world() {
        return halo.world();
    }

    /** Which rank has which rows. */
    public RowPartition rows() {
        return rows;
    }

    /** Which rank has which columns. */
    public RowPartition columns() {
        return halo.partition();
    }

    /** The halo of the vectors it is multiplied with. */
    Halo halo() {
        return halo;
    }

    /** This rank's rows, its own columns. */
    CsrMatrix own() {
        return own;
    }

    /** This rank's rows, the columns of the halo. */
    CsrMatrix coupling() {
        return coupling;
    }

    /** Entries of this rank's rows. */
    public int localEntries() {
        return own.entries() + coupling.entries();
    }

    /** Entries of all ranks; made by all ranks together. */
    public long entries() {
        return Sums.of(world(), localEntries());
    }

    /** Y = A X of this rank's components; made by all ranks together. The halo travels while the own columns are multiplied. */
    void multiply(double[] x, double[] y, int width, Team team) {
        double[] ghosts =
                Overlap.during(worthOverlapping(), () -> halo.ghosts(x, width), () -> own.multiply(x, y, width, team));
        coupling.multiplyAdd(ghosts, y, width, team);
    }

    /** R = B - A X of this rank's components; made by all ranks together. */
    void residual(double[] b, double[] x, double[] r, int width, Team team) {
        double[] ghosts = Overlap.during(
                worthOverlapping(), () -> halo.ghosts(x, width), () -> own.residual(b, x, r, width, team));
        coupling.residual(r, ghosts, r, width, team);
    }

    private boolean worthOverlapping() {
        return own.entries() > 100_000 && halo.world().size() > 1;
    }

    /** The transposed matrix; made by all ranks together. */
    public DistributedMatrix transpose() {
        RowBlocks builder = new RowBlocks(columns().size(world().rank()) + halo.size());
        long firstRow = rows.start(world().rank());
        int ownColumns = own.columnCount();
        for (int i = 0; i < own.rows(); i++) {
            for (int k = own.rowStart()[i]; k < own.rowStart()[i + 1]; k++) {
                builder.count(own.columns()[k]);
            }
            for (int k = coupling.rowStart()[i]; k < coupling.rowStart()[i + 1]; k++) {
                builder.count(ownColumns + coupling.columns()[k]);
            }
        }
        builder.allocate();
        for (int i = 0; i < own.rows(); i++) {
            for (int k = own.rowStart()[i]; k < own.rowStart()[i + 1]; k++) {
                builder.put(own.columns()[k], firstRow + i, own.values()[k]);
            }
            for (int k = coupling.rowStart()[i]; k < coupling.rowStart()[i + 1]; k++) {
                builder.put(ownColumns + coupling.columns()[k], firstRow + i, coupling.values()[k]);
            }
        }
        return of(world(), columns(), rows, RowExchange.toOwners(halo, builder.block()));
    }

    /** The matrix with all signs turned. */
    DistributedMatrix negative() {
        return new DistributedMatrix(rows, halo, negative(own), negative(coupling));
    }

    private static CsrMatrix negative(CsrMatrix part) {
        return CsrMatrix.of(
                part.pattern(), Arrays.stream(part.values()).map(v -> -v).toArray());
    }

    /** This rank's rows with global columns. */
    RowBlock block() {
        CsrMatrix stacked = stacked();
        return new RowBlock(
                stacked.rowStart(),
                Arrays.stream(stacked.columns()).mapToLong(halo::global).toArray(),
                stacked.values());
    }

    /** All of this rank's rows as a matrix over its own columns and then those of the halo. */
    CsrMatrix stacked() {
        int[] start = new int[own.rows() + 1];
        int[] columns = new int[localEntries()];
        double[] values = new double[columns.length];
        for (int i = 0; i < own.rows(); i++) {
            int middle = append(own, i, 0, start[i], columns, values);
            start[i + 1] = append(coupling, i, own.columnCount(), middle, columns, values);
        }
        return CsrMatrix.of(own.rows(), own.columnCount() + halo.size(), start, columns, values);
    }

    private static int append(CsrMatrix part, int row, int shift, int at, int[] columns, double[] values) {
        int from = part.rowStart()[row];
        int count = part.rowStart()[row + 1] - from;
        for (int k = 0; k < count; k++) {
            columns[at + k] = part.columns()[from + k] + shift;
        }
        System.arraycopy(part.values(), from, values, at, count);
        return at + count;
    }

    @Override
    public String toString() {
        return rows.rows() + " x " + columns().rows() + " matrix on " + rows.ranks() + " ranks";
    }
}
