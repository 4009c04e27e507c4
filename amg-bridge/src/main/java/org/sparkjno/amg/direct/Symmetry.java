// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Transposition;

/**
 * Symmetry up to the rounding of Galerkin products: differences count against the diagonal, since entries that cancel have
 * no correct digits of their own.
 */
final class Symmetry {
    private static final double TOLERANCE = 1e-11;

    private Symmetry() {}

    static boolean holds(CsrMatrix a) {
        Transposition transposition = a.pattern().transposition();
        double[] transposed = transposition.apply(a.values());
        double[] diagonal = a.diagonal();
        int[] columns = a.columns();
        int[] transposedColumns = transposition.pattern().columns();
        for (int i = 0; i < a.rows(); i++) {
            int k = a.rowStart()[i];
            int l = transposition.pattern().rowStart()[i];
            int end = a.rowStart()[i + 1];
            int transposedEnd = transposition.pattern().rowStart()[i + 1];
            while (k < end || l < transposedEnd) {
                int j = k < end ? columns[k] : Integer.MAX_VALUE;
                int m = l < transposedEnd ? transposedColumns[l] : Integer.MAX_VALUE;
                double u = j <= m ? a.values()[k++] : 0;
                double v = m <= j ? transposed[l++] : 0;
                double scale = Math.sqrt(Math.abs(diagonal[i] * diagonal[Math.min(j, m)]));
                if (Math.abs(u - v) > TOLERANCE * Math.max(scale, Math.abs(u))) {
                    return false;
                }
            }
        }
        return true;
    }
}
