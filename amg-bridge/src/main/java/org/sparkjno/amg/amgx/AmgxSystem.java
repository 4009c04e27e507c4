// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.Reuse;
import org.sparkjno.amg.solve.SparseSolver;

/**
 * A matrix that AmgX has set up. Those that were renewed from each other share one place on the device, where values are
 * exchanged when solves take turns. Any number of threads may solve; their solves are made one after the other.
 *
 * <p>What lies on the device is freed by {@link #close()}, or some time after the last of those that share it has become
 * unreachable.
 */
public final class AmgxSystem implements SparseSolver.Prepared, AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    /** Entries that differ by rounding alone make no matrix unsymmetric. */
    private static final double ROUNDING = 1e-14;

    private final AmgxSolver solver;
    private final Lease lease;
    private final CsrMatrix matrix;
    private final Reuse reuse;
    private final boolean symmetric;
    /** Found when first asked for. */
    private CsrMatrix transposed;

    /** Keeps a place on the device as long as one of the systems in it can be reached. */
    private static final class Lease {
        private final Residence residence;
        private final Cleaner.Cleanable end;

        Lease(Amgx amgx, Residence residence) {
            this.residence = residence;
            this.end = CLEANER.register(this, () -> amgx.vacate(residence));
        }
    }

    private AmgxSystem(AmgxSolver solver, Lease lease, CsrMatrix matrix, Reuse reuse) {
        this.solver = solver;
        this.lease = lease;
        this.matrix = matrix;
        this.reuse = reuse;
        this.symmetric = matrix.isSymmetric(ROUNDING);
    }

    static AmgxSystem of(AmgxSolver solver, CsrMatrix matrix) {
        if (matrix.requireSquare().rows() == 0) {
            throw new IllegalArgumentException("AmgX needs a matrix with at least one row.");
        }
        Amgx amgx = solver.amgx();
        Lease lease = amgx.drive(() -> {
            Residence residence = amgx.settle(solver);
            try {
                residence.holding(matrix, Reuse.REBUILD, false);
                residence.log();
                return new Lease(amgx, residence);
            } catch (RuntimeException | Error e) {
                amgx.vacate(residence);
                throw e;
            }
        });
        return new AmgxSystem(solver, lease, matrix, Reuse.REBUILD);
    }

    /**
     * {@link Reuse#GALERKIN} is AmgX's resetup, which keeps transfers where {@code structure_reuse_levels} says so;
     * {@link Reuse#KEEP} exchanges the values and nothing else.
     */
    @Override
    public Optional<SparseSolver.Prepared> renewed(CsrMatrix other, Reuse kept) {
        if (!other.pattern().equals(matrix.pattern())) {
            throw new IllegalArgumentException("The set-up belongs to a " + matrix.pattern()
                    + ", but the new matrix has a different " + other.pattern() + "; prepare it anew.");
        }
        return kept == Reuse.REBUILD ? Optional.empty() : Optional.of(new AmgxSystem(solver, lease, other, kept));
    }

    @Override
    public List<SolveReport> solve(double[] b, double[] x, int width, boolean turned) {
        requireValid("right-hand side", b, width);
        requireValid("initial guess", x, width);
        boolean other = turned && !symmetric;
        CsrMatrix a = other ? transposed() : matrix;
        return solver.amgx().drive(() -> {
            NativeSystem system = lease.residence.holding(a, reuse, other);
            TrueResidualLoop loop =
                    new TrueResidualLoop(a, system, solver.parameters().tolerance());
            List<SolveReport> reports = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                double[] right = column(b, column, width);
                double[] solution = column(x, column, width);
                reports.add(loop.solve(right, solution));
                for (int i = 0; i < solution.length; i++) {
                    x[i * width + column] = solution[i];
                }
            }
            lease.residence.log();
            return reports;
        });
    }

    private synchronized CsrMatrix transposed() {
        if (transposed == null) {
            transposed = matrix.transpose();
        }
        return transposed;
    }

    private static double[] column(double[] vectors, int column, int width) {
        double[] result = new double[vectors.length / width];
        for (int i = 0; i < result.length; i++) {
            result[i] = vectors[i * width + column];
        }
        return result;
    }

    private void requireValid(String what, double[] vectors, int width) {
        if (width < 1 || vectors.length != (long) matrix.rows() * width) {
            throw new IllegalArgumentException("The " + what + " has " + vectors.length + " values, but the matrix has "
                    + matrix.rows() + " rows and there are " + width + " right-hand sides.");
        }
        for (int i = 0; i < vectors.length; i++) {
            if (!Double.isFinite(vectors[i])) {
                throw new IllegalArgumentException("Value " + i + " of the " + what + " is " + vectors[i] + ".");
            }
        }
    }

    /** The matrix on the device; AmgX does not tell the size of its levels. */
    @Override
    public synchronized long bytes() {
        return matrix.bytes() + (transposed == null ? 0 : 2 * transposed.bytes());
    }

    /** Frees what lies on the device, for those systems too that were renewed from this one. */
    @Override
    public void close() {
        lease.end.clean();
    }

    @Override
    public String toString() {
        return "AmgX with a " + matrix;
    }
}
