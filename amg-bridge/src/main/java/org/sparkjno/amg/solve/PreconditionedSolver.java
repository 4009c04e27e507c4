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
import org.sparkjno.amg.nullspace.NullSpace;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.nullspace.SingularSolver;
import org.sparkjno.amg.parallel.Team;

/**
 * A Krylov method with a preconditioner. Transposed systems take the transposed preconditioner, built from the same set-up
 * when first asked for; symmetric ones take what is there.
 *
 * @param method also for the transposed system
 * @param criterion when to stop
 * @param preconditioning makes the preconditioner of a matrix
 * @param nullSpaces of all matrices, if they are singular: solutions are then the shortest of least squares, and their
 *     derivatives are those for changes of the matrix that keep its null spaces
 * @param team the threads that share the rows
 */
public record PreconditionedSolver(
        KrylovMethod method,
        StoppingCriterion criterion,
        Function<CsrMatrix, Preconditioner> preconditioning,
        NullSpaces nullSpaces,
        Team team)
        implements SparseSolver {
    /** Entries that differ by rounding alone make no matrix unsymmetric. */
    private static final double ROUNDING = 1e-14;

    public PreconditionedSolver {
        Objects.requireNonNull(preconditioning, "preconditioning");
        Objects.requireNonNull(nullSpaces, "nullSpaces");
        Objects.requireNonNull(team, "team");
    }

    /** On one thread, with a relative tolerance and at most 500 iterations. */
    public static PreconditionedSolver of(
            KrylovMethod method, double tolerance, Function<CsrMatrix, Preconditioner> preconditioning) {
        return new PreconditionedSolver(
                method,
                StoppingCriterion.relative(tolerance),
                preconditioning,
                NullSpaces.symmetric(NullSpace.none()),
                Team.serial());
    }

    /** The same for singular matrices. */
    public PreconditionedSolver with(NullSpaces known) {
        return new PreconditionedSolver(method, criterion, preconditioning, known, team);
    }

    /**
     * Sets the preconditioner up.
     *
     * @throws IllegalArgumentException if the method needs a symmetric matrix and this one is not
     */
    @Override
    public Prepared prepare(CsrMatrix matrix) {
        boolean symmetric = matrix.requireSquare().isSymmetric(ROUNDING);
        if (method.requirements().symmetry() && !symmetric) {
            throw new IllegalArgumentException(
                    method + " need a symmetric matrix, but this " + matrix + " is not; take GMRES or BiCGStab.");
        }
        return new Ready(matrix, symmetric, preconditioning.apply(matrix));
    }

    /** A matrix or its transpose with what solves it. */
    private record Side(LinearMap map, Preconditioner preconditioner, NullSpaces nullSpaces) {}

    private final class Ready implements Prepared {
        private final CsrMatrix matrix;
        private final boolean symmetric;
        private final Side plain;
        /** Made when first asked for. */
        private Side turned;

        Ready(CsrMatrix matrix, boolean symmetric, Preconditioner preconditioner) {
            this.matrix = matrix;
            this.symmetric = symmetric;
            this.plain = new Side(LinearMap.of(matrix, team), preconditioner, nullSpaces);
        }

        private synchronized Side turned() {
            if (turned == null) {
                turned = symmetric
                        ? plain
                        : new Side(
                                LinearMap.of(matrix.transpose(), team),
                                plain.preconditioner().transposed(),
                                nullSpaces.transposed());
            }
            return turned;
        }

        @Override
        public List<SolveReport> solve(double[] b, double[] x, int width, boolean transposed) {
            Side side = transposed ? turned() : plain;
            LocalSpace space = new LocalSpace(matrix.rows(), width, team);
            KrylovSolver krylov = new KrylovSolver(method, criterion, OnFailure.RETURN);
            return new SingularSolver(krylov, side.nullSpaces()).solve(side.map(), space, b, x, side.preconditioner());
        }
    }
}
