// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import org.sparkjno.amg.matrix.CsrMatrix;

/** The pivots of one factorisation: which count as zero, and whether all others have one sign. */
final class Pivots {
    /** In larger matrices rounding errors do not add up beyond those of so many rows, since most rows are sparse. */
    private static final double ROWS = 2500;

    /** How far rounding may lift an entry above what a semidefinite matrix allows. */
    private static final double EXCESS = 1 + 1e-8;
    /** Rounding errors of a pivot in units of its diagonal entry. */
    private final double tolerance;

    private final double[] diagonal;
    private boolean positive;
    private boolean negative;

    Pivots(CsrMatrix a) {
        diagonal = a.diagonal();
        tolerance = 4 * Math.min(a.rows(), ROWS) * Math.ulp(1.0);
        positive = hasIndefinitePair(a);
        negative = positive;
    }

    /** Whether an entry outweighs the two diagonal ones beside it, as none of a semidefinite matrix does. */
    private boolean hasIndefinitePair(CsrMatrix a) {
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                double bound = Math.sqrt(Math.abs(diagonal[i])) * Math.sqrt(Math.abs(diagonal[j]));
                if (j != i && Math.abs(a.values()[k]) > EXCESS * bound + Double.MIN_NORMAL) {
                    return true;
                }
            }
        }
        return false;
    }

    /** 1 / pivot, or 0 for one at the rounding level of the diagonal entry of row i. */
    double invert(int i, double pivot) {
        if (Math.abs(pivot) <= tolerance * Math.abs(diagonal[i])) {
            return 0;
        }
        positive |= pivot > 0;
        negative |= pivot < 0;
        return 1 / pivot;
    }

    /** Whether no two pivots so far differ in sign. */
    boolean definite() {
        return !(positive && negative);
    }
}
