// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Gauss-Seidel within the parts of a {@link Partition} and Jacobi across them: what rows coupled to other parts need, in
 * phases, so that no thread reads what another is writing.
 */
final class HybridApplication implements Smoother.Application {
    private final CsrMatrix matrix;
    private final Partition partition;
    private final Team team;
    private final RowKernel kernel;
    private final Sweep sweep;

    /** The sweeps within one part; entries outside the part count as zero. */
    interface Sweep {
        /** Forwards from x = 0; r becomes the residual of the rows that are coupled to no other part. */
        void forward(int part, double[] b, double[] x, double[] r);

        /** Backwards; the right-hand side is r in rows coupled to other parts and b in the others. */
        void backward(int part, double[] b, double[] x, double[] r);
    }

    HybridApplication(CsrMatrix matrix, Partition partition, Team team, RowKernel kernel, Sweep sweep) {
        this.matrix = matrix;
        this.partition = partition;
        this.team = team;
        this.kernel = kernel;
        this.sweep = sweep;
    }

    @Override
    public void before(double[] b, double[] x, double[] r) {
        team.forTasks(partition.parts(), part -> sweep.forward(part, b, x, r));
        if (partition.parts() > 1) {
            team.forTasks(partition.parts(), part -> {
                for (int i : partition.boundary(part)) {
                    int end = matrix.rowStart()[i + 1];
                    kernel.row(matrix.rowStart()[i], end, end, b, i, 1, x, r, i);
                }
            });
        }
    }

    @Override
    public void after(double[] b, double[] x, double[] r) {
        if (partition.parts() > 1) {
            team.forTasks(partition.parts(), part -> moveCouplings(part, b, x, r));
        }
        team.forTasks(partition.parts(), part -> sweep.backward(part, b, x, r));
    }

    /** The couplings to other parts go to the right-hand side, and so does what was added to the diagonal. */
    private void moveCouplings(int part, double[] b, double[] x, double[] r) {
        int[] rows = partition.boundary(part);
        double[] surplus = partition.surplus(part);
        int width = kernel.width();
        for (int q = 0; q < rows.length; q++) {
            int i = rows[q];
            int start = matrix.rowStart()[i];
            int end = matrix.rowStart()[i + 1];
            int first = partition.firstEntry(part, i);
            int last = partition.lastEntry(part, i);
            kernel.row(start, first, first, b, i, 1, x, r, i);
            kernel.row(last, end, end, r, i, 1, x, r, i);
            for (int at = i * width; at < (i + 1) * width; at++) {
                r[at] += surplus[q] * x[at];
            }
        }
    }
}
