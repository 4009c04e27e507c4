// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The diagonal matrix S for which the largest entry of every row and column of S A S is about one: pivots of equations in
 * different units can be compared. Symmetric matrices stay symmetric.
 *
 * <p>D. Ruiz, "A scaling algorithm to equilibrate both rows and columns norms in matrices", report RAL-TR-2001-034, with one
 * factor for a row and its column.
 *
 * @param factors the diagonal of S
 */
record Equilibration(double[] factors) {
    /** Each halves the exponents by which rows differ. */
    private static final int PASSES = 5;

    static Equilibration of(CsrMatrix a) {
        Equilibration equilibration = new Equilibration(new double[a.rows()]);
        Arrays.fill(equilibration.factors, 1);
        for (int pass = 0; pass < PASSES; pass++) {
            equilibration.balance(a);
        }
        return equilibration;
    }

    private void balance(CsrMatrix a) {
        double[] largest = new double[a.rows()];
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                double size = Math.abs(scaled(i, j, a.values()[k]));
                largest[i] = Math.max(largest[i], size);
                largest[j] = Math.max(largest[j], size);
            }
        }
        for (int i = 0; i < largest.length; i++) {
            factors[i] *= largest[i] == 0 ? 1 : 1 / Math.sqrt(largest[i]);
        }
    }

    /** An entry of S A S. */
    double scaled(int i, int j, double value) {
        return factors[i] * value * factors[j];
    }
}
