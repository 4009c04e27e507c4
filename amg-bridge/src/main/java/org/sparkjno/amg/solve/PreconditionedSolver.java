// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * A Krylov method with a preconditioner. Transposed systems take the transposed preconditioner, built from the same set-up
 * when first asked for; symmetric ones take what is there.
 *
 * @param method also for the transposed system
 * @param criterion when to stop
 * @param preconditioning makes the preconditioner of a matrix
 * @param team the threads that share the rows
 */
public record PreconditionedSolver(
        KrylovMethod method,
        StoppingCriterion criterion,
        Function<CsrMatrix, Preconditioner> preconditioning,
        Team team)
        implements SparseSolver {
    /** Entries that differ by rounding alone make no matrix unsymmetric. */
    private static final double ROUNDING = 1e-14;

    public PreconditionedSolver {
        Objects.requireNonNull(preconditioning, "preconditioning");
        Objects.requireNonNull(team, "team");
    }

    /** On one thread, with a relative tolerance and at most 500 iterations. */
    public static PreconditionedSolver of(
            KrylovMethod method, double tolerance, Function<CsrMatrix, Preconditioner> preconditioning) {
        return new PreconditionedSolver(method, StoppingCriterion.relative(tolerance), preconditioning, Team.serial());
    }

    /**
     * Sets the preconditioner up.
     *
     * @throws IllegalArgumentException if the method needs a symmetric matrix and this one is not
     */
    @Override
    public Prepared prepare(CsrMatrix matrix) {
        boolean symmetric = matrix.requireSquare().isSymmetric(ROUNDING);
        if (method.needsSymmetry() && !symmetric) {
            throw new IllegalArgumentException(
                    method + " need a symmetric matrix, but this " + matrix + " is not; take GMRES or BiCGStab.");
        }
        return new Ready(matrix, symmetric, preconditioning.apply(matrix));
    }

    /** A matrix or its transpose with what solves it. */
    private record Side(LinearMap map, Preconditioner preconditioner) {}

    private final class Ready implements Prepared {
        private final CsrMatrix matrix;
        private final boolean symmetric;
        private final Side plain;
        /** Made when first asked for. */
        private Side turned;

        Ready(CsrMatrix matrix, boolean symmetric, Preconditioner preconditioner) {
            this.matrix = matrix;
            this.symmetric = symmetric;
            this.plain = new Side(LinearMap.of(matrix, team), preconditioner);
        }

        private synchronized Side turned() {
            if (turned == null) {
                turned = symmetric
                        ? plain
                        : new Side(
                                LinearMap.of(matrix.transpose(), team),
                                plain.preconditioner().transposed());
            }
            return turned;
        }

        @Override
        public List<SolveReport> solve(double[] b, double[] x, int width, boolean transposed) {
            Side side = transposed ? turned() : plain;
            LocalSpace space = new LocalSpace(matrix.rows(), width, team);
            return new KrylovSolver(method, criterion, OnFailure.RETURN)
                    .solve(side.map(), space, b, x, side.preconditioner());
        }
    }
}
