// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The order in which the rows of a level that is divided over ranks are smoothed: stage by stage, by all ranks at once, with
 * an exchange between. Rows of different ranks in the same stage see each other as they were before it; rows of one node are
 * in one stage.
 *
 * @param own stage of every own row, from 0
 * @param ghosts stage of every ghost
 * @param stages how many there are
 */
record SweepOrder(int[] own, int[] ghosts, int stages) {
    /** How the levels of a hierarchy are ordered. */
    enum Rule {
        /** See {@link SweepOrder#atOnce}. */
        AT_ONCE("") {
            @Override
            SweepOrder of(DistributedMatrix matrix, int blockSize) {
                return atOnce(matrix);
            }
        },
        /** See {@link SweepOrder#alongRows}. */
        ALONG_ROWS(", swept in the order of the rows") {
            @Override
            SweepOrder of(DistributedMatrix matrix, int blockSize) {
                return alongRows(matrix, blockSize);
            }
        };

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        /** The order of a level; made by all ranks together. */
        abstract SweepOrder of(DistributedMatrix matrix, int blockSize);

        @Override
        public String toString() {
            return words;
        }
    }

    /** All rows in one stage: one exchange for a sweep, and enough wherever information flows in all directions. */
    static SweepOrder atOnce(DistributedMatrix matrix) {
        return new SweepOrder(
                new int[matrix.own().rows()], new int[matrix.halo().size()], 1);
    }

    /**
     * The order of the rows, in which one rank would sweep: where information flows with them, as in convection without
     * diffusion, a sweep that loses it across the boundaries costs three times the iterations. The wave fronts inside each
     * rank, cut into as many parts as there are ranks, make a pipeline of less than twice as many stages: a rank begins when
     * the one before it has come far enough.
     *
     * <p>Baker and Koch, "An Sn algorithm for the massively parallel CM-200 computer", Nucl. Sci. Eng. 128, 1998, sweep
     * grids in such pipelines; here the fronts are those of the matrix.
     *
     * @param blockSize rows per node
     */
    static SweepOrder alongRows(DistributedMatrix matrix, int blockSize) {
        Halo halo = matrix.halo();
        int rank = matrix.world().rank();
        int ranks = matrix.world().size();
        long[] own = fronts(matrix.own(), ranks);
        long[] ghosts = halo.ghosts(own);
        for (int turn = 0; turn < ranks; turn++) {
            for (int i = 0; turn == rank && i < own.length; i++) {
                own[i] = Math.max(own[i], latest(matrix, i, own, ghosts));
                if (i % blockSize == blockSize - 1) {
                    Arrays.fill(own, i + 1 - blockSize, i + 1, largest(own, i + 1 - blockSize, i + 1));
                }
            }
            ghosts = halo.ghosts(own);
        }
        double last = largest(own, 0, own.length);
        return new SweepOrder(
                Arrays.stream(own).mapToInt(Math::toIntExact).toArray(),
                Arrays.stream(ghosts).mapToInt(Math::toIntExact).toArray(),
                1 + (int) Sums.largest(matrix.world(), last));
    }

    /** For every row the number of the wave front it is on, of so many: rows of one do not wait for each other's end. */
    private static long[] fronts(CsrMatrix own, int parts) {
        long[] front = new long[own.rows()];
        for (int i = 0; i < front.length; i++) {
            for (int k = own.rowStart()[i]; k < own.rowStart()[i + 1] && own.columns()[k] < i; k++) {
                front[i] = Math.max(front[i], front[own.columns()[k]] + 1);
            }
        }
        long count = largest(front, 0, front.length) + 1;
        return Arrays.stream(front).map(f -> f * parts / count).toArray();
    }

    /** The first stage in which row i finds all that goes before it: own rows, and those of earlier ranks. */
    private static long latest(DistributedMatrix matrix, int i, long[] own, long[] ghosts) {
        long first = matrix.rows().start(matrix.world().rank());
        long latest = 0;
        CsrMatrix inside = matrix.own();
        for (int k = inside.rowStart()[i]; k < inside.rowStart()[i + 1] && inside.columns()[k] < i; k++) {
            latest = Math.max(latest, own[inside.columns()[k]]);
        }
        CsrMatrix coupling = matrix.coupling();
        for (int k = coupling.rowStart()[i]; k < coupling.rowStart()[i + 1]; k++) {
            int ghost = coupling.columns()[k];
            if (matrix.halo().ghosts()[ghost] < first) {
                latest = Math.max(latest, ghosts[ghost] + 1);
            }
        }
        return latest;
    }

    private static long largest(long[] numbers, int from, int to) {
        return Arrays.stream(numbers, from, to).max().orElse(0);
    }

    /** The own rows of a stage, ascending. */
    int[] rows(int stage) {
        return IntStream.range(0, own.length).filter(i -> own[i] == stage).toArray();
    }

    /** The ghosts of a stage, ascending. */
    int[] ghosts(int stage) {
        return IntStream.range(0, ghosts.length).filter(g -> ghosts[g] == stage).toArray();
    }
}
