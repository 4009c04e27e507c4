// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Optional;
import org.sparkjno.amg.direct.DirectSolver;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.smoother.Ilu0;
import org.sparkjno.amg.smoother.Smoothing;

/** How the preconditioner of a matrix whose rows are divided over ranks is made. Immutable. */
sealed interface DividedPreconditioning {
    /**
     * Makes it; all ranks together.
     *
     * @return empty on all ranks if the matrix is beyond this kind
     * @throws IllegalArgumentException on all ranks if this kind does not exist for the matrix
     */
    Optional<Preconditioner> of(DividedLevel level);

    /**
     * One cycle of algebraic multigrid.
     *
     * @param name of the coarsening, for people
     * @param coarsening how levels are found
     * @param smoothing the sweep over the rows of a rank
     * @param order in which the ranks sweep
     */
    record Cycle(String name, DividedCoarsening coarsening, Smoothing smoothing, SweepOrder.Rule order)
            implements DividedPreconditioning {
        @Override
        public Optional<Preconditioner> of(DividedLevel level) {
            return Optional.of(DistributedMultigrid.of(
                    DistributedHierarchy.of(level, coarsening),
                    new DistributedMultigrid.Options(smoothing, order, level.team())));
        }

        @Override
        public String toString() {
            return name + " multigrid" + order;
        }
    }

    /** An incomplete factorisation of what lies inside each rank. */
    record Incomplete() implements DividedPreconditioning {
        @Override
        public Optional<Preconditioner> of(DividedLevel level) {
            return Optional.of(DistributedMultigrid.of(
                    DistributedHierarchy.flat(level),
                    new DistributedMultigrid.Options(Ilu0::of, SweepOrder.Rule.AT_ONCE, level.team())));
        }

        @Override
        public String toString() {
            return "ILU(0) inside the ranks";
        }
    }

    /** The inverse itself, on one rank for all. */
    record Direct() implements DividedPreconditioning {
        /** A larger matrix may be too much for the memory of one rank, and for the patience of the others. */
        private static final int MOST_ROWS = 50_000;

        @Override
        public Optional<Preconditioner> of(DividedLevel level) {
            DistributedMatrix matrix = level.matrix();
            if (matrix.rows().rows() > MOST_ROWS) {
                return Optional.empty();
            }
            Gathering gathering = Gathering.of(matrix.world(), matrix.rows());
            CsrMatrix whole = gathering.matrix(matrix);
            Optional<Preconditioner> inverse =
                    Agreement.of(matrix.world(), () -> gathering.isRoot() ? DirectSolver.of(whole) : Optional.empty());
            boolean exists = gathering.told(inverse.isPresent() ? 1 : 0)[0] == 1;
            return exists ? Optional.of(new GatheredInverse(gathering, inverse)) : Optional.empty();
        }

        @Override
        public String toString() {
            return "direct factorisation on one rank";
        }
    }

    /** None. */
    record None() implements DividedPreconditioning {
        @Override
        public Optional<Preconditioner> of(DividedLevel level) {
            return Optional.of(Preconditioner.identity());
        }

        @Override
        public String toString() {
            return "no preconditioner";
        }
    }
}
