// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.cycle.Precision;
import org.sparkjno.amg.direct.DirectSolver;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.Smoothing;

/** How the preconditioner of a matrix is made. Immutable. */
public sealed interface Preconditioning {
    /**
     * A preconditioner with what can be kept of it when values change.
     *
     * @param preconditioner for the matrix it was made of
     * @param hierarchy its levels, if it has any
     */
    record Setup(Preconditioner preconditioner, Optional<Hierarchy> hierarchy) {}

    /**
     * Makes the preconditioner.
     *
     * @return empty if the matrix is too large or otherwise beyond this kind
     */
    Optional<Setup> of(FineLevel system);

    /**
     * Makes the preconditioner of a matrix with the pattern of an earlier one.
     *
     * @param earlier made by the same preconditioning
     */
    default Optional<Setup> renew(Setup earlier, FineLevel system) {
        return of(system);
    }

    /** The same in another precision, where there is such a thing. */
    default Preconditioning with(Precision precision) {
        return this;
    }

    /**
     * One cycle of algebraic multigrid.
     *
     * @param name of the coarsening, for people
     * @param coarsening how levels are found
     * @param limits where coarsening ends
     * @param options the cycle
     */
    record Algebraic(String name, Coarsening coarsening, Hierarchy.Limits limits, Multigrid.Options options)
            implements Preconditioning {
        public Algebraic {
            Objects.requireNonNull(coarsening, "coarsening");
            Objects.requireNonNull(limits, "limits");
            Objects.requireNonNull(options, "options");
        }

        @Override
        public Optional<Setup> of(FineLevel system) {
            return Optional.of(setup(Hierarchy.of(system, coarsening, limits), system.team()));
        }

        /** Interpolation and restriction are kept, coarse operators computed anew. */
        @Override
        public Optional<Setup> renew(Setup earlier, FineLevel system) {
            Hierarchy renewed = earlier.hierarchy().orElseThrow().withMatrix(system.matrix(), system.team());
            Multigrid cycle = ((Multigrid) earlier.preconditioner()).withHierarchy(renewed);
            return Optional.of(new Setup(cycle, Optional.of(renewed)));
        }

        @Override
        public Algebraic with(Precision precision) {
            return options.cycle().isLinear()
                    ? new Algebraic(name, coarsening, limits, options.with(precision))
                    : this;
        }

        /** The cycle over levels that are known. */
        Setup setup(Hierarchy hierarchy, Team team) {
            return new Setup(Multigrid.of(hierarchy, options, team), Optional.of(hierarchy));
        }

        @Override
        public String toString() {
            return name + " multigrid";
        }
    }

    /**
     * A sweep of a smoother, as incomplete factorisations are used.
     *
     * @param name for people
     * @param smoothing the smoother
     */
    record Sweep(String name, Smoothing smoothing) implements Preconditioning {
        @Override
        public Optional<Setup> of(FineLevel system) {
            CsrMatrix matrix = system.matrix();
            return Optional.of(new Setup(
                    SweepPreconditioner.of(matrix, system.blockSize(), smoothing, system.team()), Optional.empty()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The inverse itself. */
    record Direct() implements Preconditioning {
        @Override
        public Optional<Setup> of(FineLevel system) {
            return DirectSolver.of(system.matrix()).map(inverse -> new Setup(inverse, Optional.empty()));
        }

        @Override
        public String toString() {
            return "direct factorisation";
        }
    }

    /** None. */
    record None() implements Preconditioning {
        @Override
        public Optional<Setup> of(FineLevel system) {
            return Optional.of(new Setup(Preconditioner.identity(), Optional.empty()));
        }

        @Override
        public String toString() {
            return "no preconditioner";
        }
    }
}
