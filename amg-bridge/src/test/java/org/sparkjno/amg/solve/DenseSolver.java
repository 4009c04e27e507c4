// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Gauss–Jordan elimination with partial pivoting, for small matrices of any kind in tests. */
final class DenseSolver implements SparseSolver {
    private int prepared;

    /** How often a matrix was set up. */
    int prepared() {
        return prepared;
    }

    @Override
    public Prepared prepare(CsrMatrix matrix) {
        prepared++;
        double[][] inverse = inverse(matrix);
        return (b, x, width, transposed) -> {
            List<SolveReport> reports = new ArrayList<>();
            for (int j = 0; j < width; j++) {
                for (int i = 0; i < inverse.length; i++) {
                    double sum = 0;
                    for (int k = 0; k < inverse.length; k++) {
                        sum += (transposed ? inverse[k][i] : inverse[i][k]) * b[k * width + j];
                    }
                    x[i * width + j] = sum;
                }
                reports.add(new SolveReport(1, 0, Status.CONVERGED, new double[0], 0, List.of()));
            }
            return reports;
        };
    }

    /** The inverse of a matrix. */
    static double[][] inverse(CsrMatrix matrix) {
        int n = matrix.rows();
        double[][] rows = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = matrix.get(i, j);
            }
            rows[i][n + i] = 1;
        }
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(rows[i][k]) > Math.abs(rows[pivot][k]) ? i : pivot;
            }
            double[] row = rows[pivot];
            rows[pivot] = rows[k];
            rows[k] = row;
            double diagonal = row[k];
            for (int j = 0; j < 2 * n; j++) {
                row[j] /= diagonal;
            }
            for (int i = 0; i < n; i++) {
                double factor = rows[i][k];
                for (int j = 0; j < 2 * n && i != k; j++) {
                    rows[i][j] -= factor * row[j];
                }
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], n, inverse[i], 0, n);
        }
        return inverse;
    }
}
