// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.classical.IndependentSet;
import org.sparkjno.amg.classical.PointType;
import org.sparkjno.amg.classical.SharedLevel;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.kernels.collective.Collective;

/**
 * Classical interpolation across the boundaries of ranks: each fetches the rows of its ghosts, which is all that the
 * interpolation of its own rows depends on, and the ranks settle together which points are coarse.
 */
final class ClassicalInterpolation {
    /**
     * Ranks make their first pass one after the other, so that the pattern of coarse points goes on across boundaries; those
     * so many ranks apart make it at the same time.
     */
    private static final int TURNS = 8;

    private final DistributedMatrix matrix;
    private final Collective world;
    private final int own;
    private final RowBlock ownRows;
    private final RowBlock ghostRows;
    /** Of the points that own rows couple to, and of those that these couple to. */
    private final Halo wide;

    private ClassicalInterpolation(DistributedMatrix matrix) {
        this.matrix = matrix;
        world = matrix.world();
        own = matrix.own().rows();
        ownRows = matrix.block();
        ghostRows = RowExchange.ofGhosts(matrix.halo(), ownRows);
        long first = matrix.rows().start(world.rank());
        long[] foreign = LongStream.concat(LongStream.of(ownRows.columns()), LongStream.of(ghostRows.columns()))
                .filter(j -> j < first || j >= first + own)
                .sorted()
                .distinct()
                .toArray();
        wide = Halo.plan(world, matrix.rows(), foreign);
    }

    /**
     * P, of which each rank has the rows of its unknowns; made by all ranks together.
     *
     * @param matrix square, of symmetric pattern
     */
    static DistributedMatrix of(DistributedMatrix matrix, ClassicalCoarsening method, Team team) {
        return new ClassicalInterpolation(matrix).compute(method, team);
    }

    private DistributedMatrix compute(ClassicalCoarsening method, Team team) {
        SharedLevel level = SharedLevel.of(method, piece(), own, team);
        long[] weights = wide.withGhosts(level.weights(matrix.rows().start(world.rank())));
        byte[] types = level.split(weights, world.rank() % TURNS, Math.min(TURNS, world.size()), new Types(wide));
        long[] number = new long[own];
        int count = 0;
        for (int i = 0; i < own; i++) {
            number[i] = types[i] == PointType.COARSE ? count++ : 0;
        }
        RowPartition coarse = RowPartition.agree(world, count);
        long first = coarse.start(world.rank());
        Arrays.setAll(number, i -> first + number[i]);
        long[] numbers = wide.withGhosts(number);
        CsrMatrix p = level.interpolation(types, wide::global);
        long[] columns = Arrays.stream(p.columns()).mapToLong(j -> numbers[j]).toArray();
        return DistributedMatrix.of(world, matrix.rows(), coarse, new RowBlock(p.rowStart(), columns, p.values()));
    }

    /** Own rows, those of the ghosts, and empty ones for the points beyond. */
    private CsrMatrix piece() {
        int points = own + wide.size();
        CsrAssembler assembler =
                new CsrAssembler(points, points, ownRows.columns().length + ghostRows.columns().length);
        for (int i = 0; i < own; i++) {
            add(assembler, ownRows, i, i);
        }
        long[] ghosts = matrix.halo().ghosts();
        for (int g = 0; g < ghosts.length; g++) {
            add(assembler, ghostRows, g, wide.local(ghosts[g]));
        }
        return assembler.assemble();
    }

    private void add(CsrAssembler assembler, RowBlock block, int row, int local) {
        for (int k = block.rowStart()[row]; k < block.rowStart()[row + 1]; k++) {
            assembler.add(local, wide.local(block.columns()[k]), block.values()[k]);
        }
    }

    /** Types of points, as the ranks tell each other. */
    private record Types(Halo halo) implements IndependentSet.Boundary {
        @Override
        public void refresh(byte[] types) {
            long[] here = new long[types.length - halo.size()];
            Arrays.setAll(here, i -> types[i]);
            long[] all = halo.withGhosts(here);
            for (int i = here.length; i < types.length; i++) {
                types[i] = (byte) all[i];
            }
        }

        @Override
        public boolean anywhere(boolean here) {
            return !Agreement.everywhere(halo.world(), !here);
        }
    }
}
