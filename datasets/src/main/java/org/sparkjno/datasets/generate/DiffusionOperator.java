// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The five-point operator of −∇·(a∇u) on the unit square with u = 0 on the boundary, times h².
 *
 * <p>Vertex-centred finite volumes on s x s points including the boundary; the coefficient of a face is the harmonic mean
 * of its two points (Patankar, "Numerical Heat Transfer and Fluid Flow", section 4.2-3), which keeps the flux right
 * across jumps. Second order for smooth coefficients. Unknowns are the interior points, row-major.
 */
final class DiffusionOperator {
    private DiffusionOperator() {}

    /**
     * Assembles the matrix.
     *
     * @param coefficient a at all s x s points, positive
     * @param points s
     * @return (s − 2)² x (s − 2)², symmetric positive definite
     */
    static CsrMatrix assemble(double[] coefficient, int points) {
        int interior = points - 2;
        int unknowns = interior * interior;
        int[] rowStart = new int[unknowns + 1];
        int[] columns = new int[5 * unknowns];
        double[] values = new double[5 * unknowns];
        int size = 0;
        for (int i = 1; i <= interior; i++) {
            for (int j = 1; j <= interior; j++) {
                int here = i * points + j;
                int row = (i - 1) * interior + j - 1;
                double north = face(coefficient[here], coefficient[here - points]);
                double west = face(coefficient[here], coefficient[here - 1]);
                double east = face(coefficient[here], coefficient[here + 1]);
                double south = face(coefficient[here], coefficient[here + points]);
                if (i > 1) {
                    columns[size] = row - interior;
                    values[size++] = -north;
                }
                if (j > 1) {
                    columns[size] = row - 1;
                    values[size++] = -west;
                }
                columns[size] = row;
                values[size++] = north + west + east + south;
                if (j < interior) {
                    columns[size] = row + 1;
                    values[size++] = -east;
                }
                if (i < interior) {
                    columns[size] = row + interior;
                    values[size++] = -south;
                }
                rowStart[row + 1] = size;
            }
        }
        return CsrMatrix.of(unknowns, unknowns, rowStart, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    private static double face(double a, double b) {
        return 2 * a * b / (a + b);
    }
}
