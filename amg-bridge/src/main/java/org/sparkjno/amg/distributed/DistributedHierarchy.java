// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.parallel.Team;

/**
 * The levels of classical multigrid of a matrix whose rows are divided over ranks. Coarse points, interpolation and coarse
 * operators reach across the boundaries, so they hardly depend on how rows are divided; a level that is small is gathered on
 * every rank and coarsened further there. Immutable.
 */
public final class DistributedHierarchy {
    /** Levels of at most so many rows are gathered. */
    private static final long GATHERED_ROWS = 2500;
    /** Where coarsening has stalled, so many are; still larger levels are left to the smoother. */
    private static final long STALLED_ROWS = 20_000;

    private static final ClassicalCoarsening METHOD = ClassicalCoarsening.standard();
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.95;

    private final List<DistributedMatrix> matrices;
    private final List<DistributedTransfer> transfers;
    private final Optional<Hierarchy> gathered;

    private DistributedHierarchy(
            List<DistributedMatrix> matrices, List<DistributedTransfer> transfers, Optional<Hierarchy> gathered) {
        this.matrices = List.copyOf(matrices);
        this.transfers = List.copyOf(transfers);
        this.gathered = gathered;
    }

    /**
     * Sets up; made by all ranks together.
     *
     * @param matrix square, of symmetric pattern
     * @param team the threads of this rank
     */
    public static DistributedHierarchy of(DistributedMatrix matrix, Team team) {
        List<DistributedMatrix> matrices = new ArrayList<>(List.of(matrix));
        List<DistributedTransfer> transfers = new ArrayList<>();
        DistributedMatrix fine = matrix;
        while (fine.rows().rows() > GATHERED_ROWS) {
            DistributedMatrix interpolation = ClassicalInterpolation.of(fine, METHOD, team);
            if (interpolation.columns().rows() > STALL * fine.rows().rows()
                    || interpolation.columns().rows() == 0) {
                break;
            }
            transfers.add(DistributedTransfer.of(interpolation));
            fine = DistributedGalerkin.of(fine, interpolation);
            matrices.add(fine);
        }
        Optional<Hierarchy> gathered = fine.rows().rows() <= STALLED_ROWS
                ? Optional.of(Hierarchy.of(Gathered.matrix(fine), METHOD))
                : Optional.empty();
        return new DistributedHierarchy(matrices, transfers, gathered);
    }

    /** The operators whose rows are divided, finest first; the last one is also gathered if there are gathered levels. */
    List<DistributedMatrix> matrices() {
        return matrices;
    }

    /** The ways between them, one fewer. */
    List<DistributedTransfer> transfers() {
        return transfers;
    }

    /** The hierarchy of the last divided level, the same on every rank; empty if that level is large. */
    Optional<Hierarchy> gathered() {
        return gathered;
    }

    /** The hierarchy of the transposed matrix with the same transfers; made by all ranks together. */
    DistributedHierarchy transposed() {
        List<DistributedMatrix> turned =
                matrices.stream().map(DistributedMatrix::transpose).toList();
        return new DistributedHierarchy(turned, transfers, gathered.map(Hierarchy::transposed));
    }

    /** Number of levels, gathered ones included. */
    public int levels() {
        return matrices.size()
                - 1
                + gathered.map(levels -> levels.levels().size()).orElse(1);
    }

    /** Entries of all levels over those of the finest; made by all ranks together. */
    public double operatorComplexity() {
        double sum = 0;
        for (DistributedMatrix matrix : matrices) {
            sum += matrix.entries();
        }
        if (gathered.isPresent()) {
            List<Level> levels = gathered.get().levels();
            for (Level level : levels.subList(1, levels.size())) {
                sum += level.matrix().entries();
            }
        }
        return sum / Math.max(1, matrices.get(0).entries());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "hierarchy of %d levels, %d of them divided, of a %s",
                levels(),
                matrices.size() - 1,
                matrices.get(0));
    }
}
