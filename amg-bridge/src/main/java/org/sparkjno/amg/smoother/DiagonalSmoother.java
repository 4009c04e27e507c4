// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * x = x + D (b − A x) with some diagonal D. Where D is made from the rows of A, the sweep after the coarse correction
 * takes it from the columns, so that the sweeps on Aᵀ are the transposed ones; for symmetric matrices these are the same.
 */
final class DiagonalSmoother implements Smoother {
    private final String name;
    private final CsrMatrix matrix;
    private final double[] before;
    private final double[] after;
    private final Team team;

    DiagonalSmoother(String name, CsrMatrix matrix, double[] ofRows, double[] ofColumns, Team team) {
        this.name = name;
        this.matrix = matrix;
        this.before = ofRows;
        this.after = Arrays.equals(ofRows, ofColumns) ? ofRows : ofColumns;
        this.team = team;
    }

    @Override
    public Application begin(int width) {
        return new Application() {
            @Override
            public void before(double[] b, double[] x, double[] r) {
                team.forRows(matrix.rows(), (from, to) -> scale(b, x, width, from, to));
                matrix.residual(b, x, r, width, team);
            }

            @Override
            public void after(double[] b, double[] x, double[] r) {
                matrix.residual(b, x, r, width, team);
                team.forRows(matrix.rows(), (from, to) -> addScaled(r, x, width, from, to));
            }
        };
    }

    private void scale(double[] b, double[] x, int width, int from, int to) {
        for (int i = from; i < to; i++) {
            double factor = before[i];
            for (int at = i * width; at < (i + 1) * width; at++) {
                x[at] = factor * b[at];
            }
        }
    }

    private void addScaled(double[] r, double[] x, int width, int from, int to) {
        for (int i = from; i < to; i++) {
            double factor = after[i];
            for (int at = i * width; at < (i + 1) * width; at++) {
                x[at] += factor * r[at];
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
