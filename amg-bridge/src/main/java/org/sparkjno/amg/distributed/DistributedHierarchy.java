// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * The levels of multigrid of a matrix whose rows are divided over ranks. Interpolation and coarse operators reach across the
 * boundaries; a level that is small is gathered on one rank, coarsened further there, and solved for all. Immutable.
 */
public final class DistributedHierarchy {
    /** Levels of at most so many rows are gathered. */
    private static final long GATHERED_ROWS = 2500;
    /** Where coarsening has stalled, so many are; still larger levels are left to the smoother. */
    private static final long STALLED_ROWS = 20_000;
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.95;

    private final List<Divided> divided;
    private final List<DistributedTransfer> transfers;
    private final Optional<Last> last;

    /**
     * A level on all ranks.
     *
     * @param matrix its operator
     * @param blockSize unknowns per node
     */
    record Divided(DistributedMatrix matrix, int blockSize) {}

    /**
     * The last divided level in one place.
     *
     * @param gathering the way there and back
     * @param levels on the rank that gathers: that level and those below
     * @param below number of levels below it, known to all
     * @param entries of them, known to all
     */
    record Last(Gathering gathering, Optional<Hierarchy> levels, int below, double entries) {
        Last transposed() {
            return new Last(gathering, levels.map(Hierarchy::transposed), below, entries);
        }
    }

    private DistributedHierarchy(List<Divided> divided, List<DistributedTransfer> transfers, Optional<Last> last) {
        this.divided = List.copyOf(divided);
        this.transfers = List.copyOf(transfers);
        this.last = last;
    }

    /** Sets up; made by all ranks together. */
    static DistributedHierarchy of(DividedLevel finest, DividedCoarsening coarsening) {
        List<Divided> divided = new ArrayList<>(List.of(new Divided(finest.matrix(), finest.blockSize())));
        List<DistributedTransfer> transfers = new ArrayList<>();
        DividedLevel fine = finest;
        while (fine.matrix().rows().rows() > GATHERED_ROWS) {
            DividedCoarsening.Coarser coarser = coarsening.coarsen(fine);
            DistributedMatrix interpolation = coarser.interpolation();
            if (interpolation.columns().rows() > STALL * fine.matrix().rows().rows()
                    || interpolation.columns().rows() == 0) {
                break;
            }
            transfers.add(DistributedTransfer.of(interpolation));
            DistributedMatrix product = DistributedGalerkin.of(fine.matrix(), interpolation);
            divided.add(new Divided(product, coarser.blockSize()));
            fine = new DividedLevel(product, coarser.blockSize(), coarser.nearNullSpace(), finest.team());
        }
        Optional<Last> last = fine.matrix().rows().rows() <= STALLED_ROWS
                ? Optional.of(gathered(fine, coarsening))
                : Optional.empty();
        return new DistributedHierarchy(divided, transfers, last);
    }

    /** The matrix alone. */
    static DistributedHierarchy flat(DividedLevel level) {
        return new DistributedHierarchy(
                List.of(new Divided(level.matrix(), level.blockSize())), List.of(), Optional.empty());
    }

    private static Last gathered(DividedLevel level, DividedCoarsening coarsening) {
        DistributedMatrix matrix = level.matrix();
        Gathering gathering = Gathering.of(matrix.world(), matrix.rows());
        CsrMatrix whole = gathering.matrix(matrix);
        int width = level.nearNullSpace().width();
        double[] vectors = gathering.vectors(level.nearNullSpace().values(), width);
        Optional<Hierarchy> levels = Agreement.of(matrix.world(), () -> {
            if (!gathering.isRoot()) {
                return Optional.<Hierarchy>empty();
            }
            NearNullSpace nearNull = new NearNullSpace(whole.rows(), width, vectors);
            FineLevel fine = new FineLevel(whole, level.blockSize(), nearNull, 0, Team.serial());
            return Optional.of(Hierarchy.of(fine, coarsening.gathered(), Hierarchy.Limits.standard()));
        });
        List<Level> below =
                levels.map(all -> all.levels().subList(1, all.levels().size())).orElse(List.of());
        double[] size = gathering.told(
                below.size(),
                below.stream().mapToDouble(one -> one.matrix().entries()).sum());
        return new Last(gathering, levels, (int) size[0], size[1]);
    }

    /** The levels whose rows are divided, finest first; the last one is also gathered if there are gathered levels. */
    List<Divided> divided() {
        return divided;
    }

    /** The ways between them, one fewer. */
    List<DistributedTransfer> transfers() {
        return transfers;
    }

    /** The last divided level in one place; empty if that level is large. */
    Optional<Last> last() {
        return last;
    }

    /** The hierarchy of the transposed matrix with the same transfers; made by all ranks together. */
    DistributedHierarchy transposed() {
        List<Divided> turned = divided.stream()
                .map(level -> new Divided(level.matrix().transpose(), level.blockSize()))
                .toList();
        return new DistributedHierarchy(turned, transfers, last.map(Last::transposed));
    }

    /** Number of levels, gathered ones included. */
    public int levels() {
        return divided.size() + last.map(Last::below).orElse(0);
    }

    /** Entries of all levels over those of the finest; made by all ranks together. */
    public double operatorComplexity() {
        double sum = last.map(Last::entries).orElse(0.0);
        for (Divided level : divided) {
            sum += level.matrix().entries();
        }
        return sum / Math.max(1, divided.get(0).matrix().entries());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "hierarchy of %d levels, %d of them divided, of a %s",
                levels(),
                transfers.size(),
                divided.get(0).matrix());
    }
}
