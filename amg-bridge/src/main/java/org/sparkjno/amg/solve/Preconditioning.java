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
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.indefinite.DominantCompanion;
import org.sparkjno.amg.indefinite.SaddlePointPreconditioner;
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
            return options.cycle().isLinear() ? new Algebraic(name, coarsening, limits, options.with(precision)) : this;
        }

        /** The cycle over levels that are known. */
        Setup setup(Hierarchy hierarchy, Team team) {
            return new Setup(Multigrid.of(hierarchy, options, team), Optional.of(hierarchy));
        }

        /** The cycle for a scalar matrix that comes up on the way. */
        private Preconditioner preconditioner(CsrMatrix matrix, Team team) {
            NearNullSpace constants = NearNullSpace.constants(matrix.rows(), 1);
            return of(new FineLevel(matrix, 1, constants, 0, team))
                    .orElseThrow()
                    .preconditioner();
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

    /**
     * Block substitution for fields under constraints, for GMRES.
     *
     * @param definite the cycle for the fields and for the constraints
     */
    record SaddlePoint(Algebraic definite) implements Preconditioning {
        @Override
        public Optional<Setup> of(FineLevel system) {
            return SaddlePointPreconditioner.of(
                            system.matrix(), block -> definite.preconditioner(block, system.team()), system.team())
                    .map(triangle -> new Setup(triangle, Optional.empty()));
        }

        @Override
        public SaddlePoint with(Precision precision) {
            return new SaddlePoint(definite.with(precision));
        }

        @Override
        public String toString() {
            return "block substitution by " + definite;
        }
    }

    /**
     * One cycle for the diagonally dominant matrix beside an indefinite one: symmetric and definite where that is.
     *
     * @param definite the cycle
     */
    record Companion(Algebraic definite) implements Preconditioning {
        @Override
        public Optional<Setup> of(FineLevel system) {
            CsrMatrix companion = DominantCompanion.of(system.matrix());
            return Optional.of(new Setup(definite.preconditioner(companion, system.team()), Optional.empty()));
        }

        @Override
        public Companion with(Precision precision) {
            return new Companion(definite.with(precision));
        }

        @Override
        public String toString() {
            return definite + " of the dominant companion";
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
