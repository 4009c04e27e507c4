// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.Smoother;
import org.sparkjno.amg.smoother.Smoothing;

/** One sweep of a smoother before and one after, without a coarse level: symmetric where the matrix is. */
final class SweepPreconditioner implements Preconditioner {
    private final CsrMatrix matrix;
    private final int blockSize;
    private final Smoothing smoothing;
    private final Team team;
    private final Smoother smoother;
    /** Made when first asked for. */
    private SweepPreconditioner transposed;

    private SweepPreconditioner(CsrMatrix matrix, int blockSize, Smoothing smoothing, Team team) {
        this.matrix = matrix;
        this.blockSize = blockSize;
        this.smoothing = smoothing;
        this.team = team;
        this.smoother = smoothing.on(matrix, blockSize, team);
    }

    static SweepPreconditioner of(CsrMatrix matrix, int blockSize, Smoothing smoothing, Team team) {
        return new SweepPreconditioner(matrix, blockSize, smoothing, team);
    }

    @Override
    public Application begin(int width) {
        Smoother.Application sweep = smoother.begin(width);
        double[] residual = new double[Math.multiplyExact(matrix.rows(), width)];
        return (r, z) -> {
            sweep.before(r, z, residual);
            sweep.after(r, z, residual);
        };
    }

    /** That of factors on the pattern of the matrix. */
    @Override
    public synchronized long bytes() {
        return transposed == null ? matrix.bytes() : 3 * matrix.bytes();
    }

    @Override
    public synchronized Preconditioner transposed() {
        if (transposed == null) {
            transposed = new SweepPreconditioner(matrix.transpose(), blockSize, smoothing, team);
        }
        return transposed;
    }
}
