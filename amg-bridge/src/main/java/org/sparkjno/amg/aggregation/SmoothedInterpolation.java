// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.function.DoubleUnaryOperator;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * The interpolation of scalar systems, P = (I − ω D⁻¹ A_F) T: T is the tentative interpolation, A_F is A without the
 * entries that are small in their row, whose action on the near-null vector the diagonal D takes over, and ω =
 * 4/3 / ρ(D⁻¹ A_F).
 *
 * <p>Vaněk, Mandel and Brezina 1996, section 4, but for the filter, which looks at the row alone: an unknown beside a jump
 * of the coefficient follows the stiff side, though the two sides never aggregate.
 */
final class SmoothedInterpolation {
    static final double FOUR_THIRDS = 4.0 / 3.0;
    /** A diagonal that filtering would diminish further than this keeps its value. */
    static final double LEAST_DIAGONAL = 0.1;

    private final CsrMatrix a;
    private final double[] nearNull;
    private final double filter;
    /** Per row 1 / D, 0 where the diagonal vanishes. */
    private final double[] inverse;

    private final double[] bar;

    private SmoothedInterpolation(CsrMatrix a, double[] nearNull, double filter) {
        this.a = a;
        this.nearNull = nearNull;
        this.filter = filter;
        inverse = new double[a.rows()];
        bar = new double[a.rows()];
    }

    /**
     * The smoothed interpolation.
     *
     * @param nearNull one vector
     * @param filter entries with |a_ij| below this part of the largest of their row are filtered
     * @param radius takes the spectral radius of this part of the matrix, if it is one, to that of the whole
     */
    static CsrMatrix of(
            CsrMatrix a,
            double[] nearNull,
            double filter,
            Aggregates aggregates,
            Tentative tentative,
            DoubleUnaryOperator radius,
            Team team) {
        SmoothedInterpolation interpolation = new SmoothedInterpolation(a, nearNull, filter);
        double omega = FOUR_THIRDS / radius.applyAsDouble(interpolation.radius(team));
        return RowChunks.build(
                a.rows(),
                aggregates.count(),
                team,
                (from, to, rows) ->
                        interpolation.smooth(omega, aggregates.owner(), tentative.values(), from, to, rows));
    }

    /** Prepares the rows and returns ρ(D⁻¹ A_F). */
    private double radius(Team team) {
        int parts = Math.max(1, team.size());
        double[] bounds = new double[parts];
        team.forTasks(parts, part -> {
            for (int i = Team.cut(a.rows(), parts, part); i < Team.cut(a.rows(), parts, part + 1); i++) {
                bounds[part] = Math.max(bounds[part], prepare(i));
            }
        });
        double bound = 1;
        for (double part : bounds) {
            bound = Math.max(bound, part);
        }
        return SpectralRadius.estimate(a.rows(), a.columnCount(), 1, this::applyScaled, bound, team);
    }

    /** Sets the filter and the diagonal of a row; returns the absolute sum of the row of D⁻¹ A_F. */
    private double prepare(int i) {
        int start = a.rowStart()[i];
        int end = a.rowStart()[i + 1];
        double least = filter * Strength.largest(a, i);
        double diagonal = 0;
        double weak = 0;
        double strong = 0;
        for (int k = start; k < end; k++) {
            double value = a.values()[k];
            int j = a.columns()[k];
            if (j == i) {
                diagonal = value;
            } else if (Math.abs(value) >= least) {
                strong += Math.abs(value);
            } else {
                weak += nearNull[i] == 0 ? 0 : value * (nearNull[j] / nearNull[i]);
            }
        }
        bar[i] = least;
        double lumped = diagonal + weak;
        double kept =
                Math.abs(lumped) > LEAST_DIAGONAL * Math.abs(diagonal) && lumped * diagonal > 0 ? lumped : diagonal;
        inverse[i] = kept == 0 ? 0 : 1 / kept;
        return 1 + strong * Math.abs(inverse[i]);
    }

    /** y = D⁻¹ A_F x. */
    private void applyScaled(double[] x, double[] y, int from, int to) {
        int[] start = a.rowStart();
        int[] columns = a.columns();
        double[] values = a.values();
        for (int i = from; i < to; i++) {
            double sum = 0;
            for (int k = start[i]; k < start[i + 1]; k++) {
                if (Math.abs(values[k]) >= bar[i] && columns[k] != i) {
                    sum += values[k] * x[columns[k]];
                }
            }
            y[i] = x[i] + sum * inverse[i];
        }
    }

    private void smooth(double omega, int[] owner, double[] tentative, int from, int to, RowChunks.Chunk rows) {
        int[] start = a.rowStart();
        int[] columns = a.columns();
        double[] values = a.values();
        for (int i = from; i < to; i++) {
            boolean alone = owner[i] == Aggregates.ISOLATED;
            // The tentative value of a row that is alone is zero, and a whole step solves it.
            double factor = -(alone ? 1 : omega) * inverse[i];
            double least = bar[i];
            for (int k = start[i]; k < start[i + 1]; k++) {
                int j = columns[k];
                double value = values[k];
                if (Math.abs(value) >= least && value != 0 && j != i && owner[j] != Aggregates.ISOLATED) {
                    rows.add(owner[j], factor * value * tentative[j]);
                }
            }
            if (!alone) {
                rows.add(owner[i], (1 - omega) * tentative[i]);
            }
            rows.endRow();
        }
    }
}
