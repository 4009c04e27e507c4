// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Optional;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Gauss-Seidel: forwards before the coarse correction, backwards after it, which together are symmetric. In a team each
 * thread sweeps rows of its own and sees the others as they were, with the safeguard of {@link Partition}; what comes out
 * depends on the size of the team only.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, section 4.1; Baker, Falgout, Kolev and Yang,
 * "Multigrid smoothers for ultraparallel computing", SIAM J. Sci. Comput. 33, 2011.
 */
public final class GaussSeidel implements Smoother {
    private final CsrMatrix matrix;
    private final Team team;
    private final Partition partition;
    private final double[] inverseDiagonal;
    /** Position of the diagonal entry, per row. */
    private final int[] diagonal;

    private GaussSeidel(CsrMatrix matrix, Team team) {
        this.matrix = matrix;
        this.team = team;
        partition = Partition.of(matrix, 1, team);
        diagonal = Diagonals.positions(matrix, "Gauss-Seidel");
        inverseDiagonal = new double[diagonal.length];
        for (int i = 0; i < diagonal.length; i++) {
            inverseDiagonal[i] = 1 / matrix.values()[diagonal[i]];
        }
        for (int part = 0; part < partition.parts(); part++) {
            int[] rows = partition.boundary(part);
            for (int q = 0; q < rows.length; q++) {
                int i = rows[q];
                inverseDiagonal[i] =
                        1 / (matrix.values()[diagonal[i]] + partition.surplus(part)[q]);
            }
        }
    }

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a diagonal entry is zero
     */
    public static GaussSeidel of(CsrMatrix matrix, int blockSize, Team team) {
        return new GaussSeidel(matrix.requireSquare(), team);
    }

    @Override
    public Application begin(int width) {
        RowKernel kernel = new RowKernel(matrix, width);
        HybridApplication.Sweep sweep = width == 1 ? new OneVector() : new SeveralVectors(kernel);
        return new HybridApplication(matrix, partition, team, kernel, sweep);
    }

    @Override
    public <V> Optional<CompiledSmoother<V>> compiled(Real<V> real, Optional<CompiledSmoother<V>> earlier) {
        return Optional.of(new CompiledGaussSeidel<>(matrix, 1, partition, inverseDiagonal, team, real, earlier));
    }

    @Override
    public String toString() {
        return "Gauss-Seidel";
    }

    private final class OneVector extends ChunkedSweep {
        OneVector() {
            super(partition, 1);
        }

        @Override
        void sweep(int part, int from, int to, double[] b, double[] x) {
            int[] columns = matrix.columns();
            double[] values = matrix.values();
            for (int i = from; i < to; i++) {
                int first = partition.firstEntry(part, i);
                x[i] = RowSum.upwards(b[i], columns, values, x, first, diagonal[i]) * inverseDiagonal[i];
            }
        }

        /** The sweep has solved the lower triangle exactly, so only the upper one is left in the residual. */
        @Override
        int residual(int from, int to, double[] x, double[] r) {
            int[] start = matrix.rowStart();
            int[] columns = matrix.columns();
            double[] values = matrix.values();
            for (int i = from; i < to; i++) {
                if (partition.coupled(i)) {
                    continue;
                }
                int end = start[i + 1];
                if (columns[end - 1] >= to) {
                    return i;
                }
                r[i] = RowSum.upwards(0, columns, values, x, diagonal[i] + 1, end);
            }
            return to;
        }

        @Override
        public void backward(int part, double[] b, double[] x, double[] r) {
            int[] columns = matrix.columns();
            double[] values = matrix.values();
            for (int i = partition.to(part) - 1; i >= partition.from(part); i--) {
                int middle = diagonal[i];
                double right = partition.coupled(i) ? r[i] : b[i];
                double sum = RowSum.upwards(right, columns, values, x, partition.firstEntry(part, i), middle);
                // Downwards, so that the neighbour just computed is waited for last.
                sum = RowSum.downwards(sum, columns, values, x, middle + 1, partition.lastEntry(part, i));
                x[i] = sum * inverseDiagonal[i];
            }
        }
    }

    private final class SeveralVectors extends ChunkedSweep {
        private final RowKernel kernel;

        SeveralVectors(RowKernel kernel) {
            super(partition, 1);
            this.kernel = kernel;
        }

        @Override
        void sweep(int part, int from, int to, double[] b, double[] x) {
            for (int i = from; i < to; i++) {
                int end = diagonal[i];
                kernel.row(partition.firstEntry(part, i), end, end, b, i, inverseDiagonal[i], x, x, i);
            }
        }

        @Override
        int residual(int from, int to, double[] x, double[] r) {
            for (int i = from; i < to; i++) {
                if (partition.coupled(i)) {
                    continue;
                }
                int end = matrix.rowStart()[i + 1];
                if (matrix.columns()[end - 1] >= to) {
                    return i;
                }
                kernel.row(diagonal[i] + 1, end, end, null, i, 1, x, r, i);
            }
            return to;
        }

        @Override
        public void backward(int part, double[] b, double[] x, double[] r) {
            for (int i = partition.to(part) - 1; i >= partition.from(part); i--) {
                double[] right = partition.coupled(i) ? r : b;
                int first = partition.firstEntry(part, i);
                int last = partition.lastEntry(part, i);
                kernel.row(first, diagonal[i], last, right, i, inverseDiagonal[i], x, x, i);
            }
        }
    }
}
