// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * One pass of interpolation from neighbours that have been reached before:
 *
 * <pre>
 * e_i = −α Σ_j a_ij e_j / d,   α = Σ_n a⁻_in / Σ_j a_ij,   d = a_ii + Σ_n a⁺_in,
 * </pre>
 *
 * where j runs over the strong neighbours that earlier passes reached, e_j being their own interpolation, n over all
 * neighbours, and a⁻, a⁺ are the couplings of opposite and of equal sign to a_ii. One pass from the coarse points is
 * direct interpolation; passes until all is reached are multipass interpolation, for coarse levels so sparse that many
 * points have no coarse neighbour.
 *
 * <p>Stüben, "Algebraic multigrid: an introduction with applications", 1999, sections 4.2.1 and 7.1.2.
 */
final class PassRule implements InterpolationRows.Rule {
    private final CsrMatrix a;
    private final boolean[] strong;
    private final CoarsePoints points;
    private final CsrMatrix previous;

    /** The pass after the one that gave {@code previous}, (fine x coarse) with empty rows where nothing is reached. */
    PassRule(CsrMatrix a, boolean[] strong, CoarsePoints points, CsrMatrix previous) {
        this.a = a;
        this.strong = strong;
        this.points = points;
        this.previous = previous;
    }

    @Override
    public void interpolate(int i, InterpolationRow row) {
        if (reached(i)) {
            addRow(i, 1, row);
            return;
        }
        double diagonal = 0;
        double positive = 0;
        double negative = 0;
        double used = 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            int j = a.columns()[k];
            double value = a.values()[k];
            if (j == i) {
                diagonal = value;
            } else if (points.types()[j] != PointType.ISOLATED) {
                positive += Math.max(value, 0);
                negative += Math.min(value, 0);
                if (strong[k] && reached(j)) {
                    used += value;
                    addRow(j, value, row);
                }
            }
        }
        if (used != 0) {
            double same = diagonal < 0 ? negative : positive;
            double opposite = diagonal < 0 ? positive : negative;
            row.scale(-opposite / (used * (diagonal + same)));
        }
    }

    private boolean reached(int point) {
        return previous.rowStart()[point] < previous.rowStart()[point + 1];
    }

    private void addRow(int point, double factor, InterpolationRow row) {
        for (int k = previous.rowStart()[point]; k < previous.rowStart()[point + 1]; k++) {
            row.add(row.include(points.place()[previous.columns()[k]]), factor * previous.values()[k]);
        }
    }
}
