// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.ArrayList;
import java.util.List;

/**
 * min ‖beta e₁ − H y‖ for a Hessenberg matrix H that grows by one column and one row at a time, by Givens rotations.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", section 6.5.3.
 */
final class HessenbergLeastSquares {
    /** A diagonal entry of R below this part of its column is rounding: the column adds nothing. */
    private static final double SINGULAR = 1e-15;

    private final List<double[]> triangle = new ArrayList<>();
    private final List<Double> cosines = new ArrayList<>();
    private final List<Double> sines = new ArrayList<>();
    private final List<Double> right = new ArrayList<>();
    private double residual;

    HessenbergLeastSquares(double beta) {
        residual = beta;
    }

    static double norm(double[] vector) {
        double norm = 0;
        for (double value : vector) {
            norm = Math.hypot(norm, value);
        }
        return norm;
    }

    /**
     * Takes another column; overwrites it.
     *
     * @param column one entry more than this has columns, plus the one below the diagonal
     * @return the norm of the least residual
     */
    double append(double[] column) {
        double scale = norm(column);
        int k = triangle.size();
        for (int i = 0; i < k; i++) {
            double above = column[i];
            column[i] = cosines.get(i) * above + sines.get(i) * column[i + 1];
            column[i + 1] = -sines.get(i) * above + cosines.get(i) * column[i + 1];
        }
        double diagonal = Math.hypot(column[k], column[k + 1]);
        if (diagonal <= SINGULAR * scale) {
            return Math.abs(residual);
        }
        double cosine = column[k] / diagonal;
        double sine = column[k + 1] / diagonal;
        column[k] = diagonal;
        triangle.add(column);
        cosines.add(cosine);
        sines.add(sine);
        right.add(cosine * residual);
        residual = -sine * residual;
        return Math.abs(residual);
    }

    /** The minimiser. */
    double[] solution() {
        double[] y = new double[right.size()];
        for (int i = y.length - 1; i >= 0; i--) {
            double sum = right.get(i);
            for (int j = i + 1; j < y.length; j++) {
                sum -= triangle.get(j)[i] * y[j];
            }
            y[i] = sum / triangle.get(i)[i];
        }
        return y;
    }
}
