// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/** One look at every entry of a matrix. */
final class Survey {
    private final boolean symmetric;
    private final double[] diagonal;
    private double favourable;
    private double adverse;
    private double dominance = Double.POSITIVE_INFINITY;
    private double skew;
    private double mean;

    Survey(CsrMatrix a, boolean symmetric) {
        this.symmetric = symmetric;
        diagonal = a.diagonal();
        for (int i = 0; i < diagonal.length; i++) {
            addRow(a, i);
        }
    }

    private void addRow(CsrMatrix a, int i) {
        double d = diagonal[i];
        double sum = 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            int j = a.columns()[k];
            if (j == i) {
                continue;
            }
            double v = a.values()[k];
            sum += Math.abs(v);
            if (v * d > 0) {
                adverse += Math.abs(v);
            } else {
                favourable += Math.abs(v);
            }
            if (!symmetric) {
                double mirror = a.get(j, i);
                skew += Math.abs(v - mirror);
                mean += Math.abs(v + mirror);
            }
        }
        dominance = Math.min(dominance, d == 0 ? Double.NEGATIVE_INFINITY : (Math.abs(d) - sum) / Math.abs(d));
    }

    MatrixTraits.Diagonal diagonal() {
        return MatrixTraits.Diagonal.of(diagonal);
    }

    double dominance() {
        return dominance;
    }

    MatrixTraits.OffDiagonal offDiagonal() {
        double[] sizes = Arrays.stream(diagonal).map(Math::abs).sorted().toArray();
        double low = sizes.length == 0 ? 1 : sizes[(int) (0.05 * (sizes.length - 1))];
        double high = sizes.length == 0 ? 1 : sizes[(int) (0.95 * (sizes.length - 1))];
        return new MatrixTraits.OffDiagonal(
                adverse / Math.max(Double.MIN_NORMAL, adverse + favourable),
                low > 0 ? high / low : Double.POSITIVE_INFINITY,
                skew / Math.max(Double.MIN_NORMAL, mean));
    }
}
