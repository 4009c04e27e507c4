// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;

/** The diagonal of a matrix, checked for what smoothers need. */
final class Diagonals {
    private Diagonals() {}

    /**
     * The position of every diagonal entry.
     *
     * @throws IllegalArgumentException if one is not stored or zero
     */
    static int[] positions(CsrMatrix a, String method) {
        int[] position = a.pattern().diagonal();
        for (int i = 0; i < position.length; i++) {
            if (position[i] < 0 || a.values()[position[i]] == 0) {
                throw new IllegalArgumentException(method + " divides by the diagonal, but the diagonal entry of row "
                        + i + " is zero; use l1-Jacobi or reorder the equations.");
            }
        }
        return position;
    }

    /**
     * The diagonal.
     *
     * @throws IllegalArgumentException if an entry is not positive
     */
    static double[] positive(CsrMatrix a, String method) {
        double[] diagonal = a.diagonal();
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 0)) {
                throw new IllegalArgumentException(
                        method + " needs a positive diagonal, but that of row " + i + " is " + diagonal[i] + ".");
            }
        }
        return diagonal;
    }

    /** Mean of the l1 norms of each row and its column: a new array. */
    static double[] l1Norms(CsrMatrix a) {
        double[] ofRows = new double[a.rows()];
        double[] ofColumns = new double[a.rows()];
        for (int i = 0; i < ofRows.length; i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                double size = Math.abs(a.values()[k]);
                ofRows[i] += size;
                ofColumns[a.columns()[k]] += size;
            }
        }
        for (int i = 0; i < ofRows.length; i++) {
            ofRows[i] = 0.5 * (ofRows[i] + ofColumns[i]);
        }
        return ofRows;
    }
}
