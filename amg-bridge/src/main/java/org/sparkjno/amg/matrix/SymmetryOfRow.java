// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

/** Compares one row of a matrix with the same row of its transpose. */
final class SymmetryOfRow {
    private SymmetryOfRow() {}

    static boolean holds(CsrMatrix a, CsrMatrix transposed, int i, double tolerance) {
        int k = a.rowStart()[i];
        int l = transposed.rowStart()[i];
        int end = a.rowStart()[i + 1];
        int transposedEnd = transposed.rowStart()[i + 1];
        while (k < end || l < transposedEnd) {
            int j = k < end ? a.columns()[k] : Integer.MAX_VALUE;
            int m = l < transposedEnd ? transposed.columns()[l] : Integer.MAX_VALUE;
            double u = j <= m ? a.values()[k++] : 0;
            double v = m <= j ? transposed.values()[l++] : 0;
            if (Math.abs(u - v) > tolerance * (Math.abs(u) + Math.abs(v))) {
                return false;
            }
        }
        return true;
    }
}
