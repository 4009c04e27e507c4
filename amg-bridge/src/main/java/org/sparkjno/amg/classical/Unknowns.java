// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The physical unknowns of a system, a temperature or a component of a displacement. The unknown-based approach coarsens
 * each by itself: couplings between different ones are left to the smoother and to the Galerkin product.
 *
 * <p>Ruge and Stüben 1987, section 4.7.
 *
 * @param of unknown of every row
 * @param count number of unknowns
 */
record Unknowns(int[] of, int count) {
    /**
     * The unknown of a row is the first near-null vector that does not vanish there: the translations of rigid body
     * motions and the constants of each unknown tell them apart on every level. One vector means one unknown.
     */
    static Unknowns of(FineLevel fine) {
        NearNullSpace space = fine.nearNullSpace();
        int[] of = new int[space.rows()];
        int count = 1;
        for (int i = 0; i < of.length && space.width() > 1; i++) {
            int vector = 0;
            while (vector + 1 < space.width() && space.get(i, vector) == 0) {
                vector++;
            }
            of[i] = vector;
            count = Math.max(count, vector + 1);
        }
        return new Unknowns(of, count);
    }

    /** The matrix without the couplings between different unknowns; itself if there is one unknown. */
    CsrMatrix decouple(CsrMatrix a) {
        if (count == 1) {
            return a;
        }
        int[] start = new int[a.rows() + 1];
        int[] columns = new int[a.entries()];
        double[] values = new double[a.entries()];
        int size = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                if (of[a.columns()[k]] == of[i]) {
                    columns[size] = a.columns()[k];
                    values[size++] = a.values()[k];
                }
            }
            start[i + 1] = size;
        }
        return CsrMatrix.of(
                a.rows(), a.columnCount(), start, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }
}
