// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.Arrays;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** A second visit with the residual of the first. */
final class TwoVisits implements Visits {
    private final CsrMatrix matrix;
    private final VectorSpace space;
    private final Team team;
    private final double[] residual;
    private final double[] correction;
    private final double[] ones;

    TwoVisits(CsrMatrix matrix, VectorSpace space, Team team) {
        this.matrix = matrix;
        this.space = space;
        this.team = team;
        residual = space.zeros();
        correction = space.zeros();
        ones = new double[space.width()];
        Arrays.fill(ones, 1);
    }

    @Override
    public void run(Preconditioner.Application first, Preconditioner.Application second, double[] b, double[] x) {
        first.apply(b, x);
        matrix.residual(b, x, residual, space.width(), team);
        second.apply(residual, correction);
        space.axpy(ones, correction, x);
    }
}
