// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.indefinite;

import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The semidefinite matrix beside a symmetric indefinite one: diagonal entries are raised to the absolute sum of their row. Of
 * waves -Δ - k² it is the diffusion -Δ, a good preconditioner as long as few eigenvalues are negative.
 *
 * <p>A. Bayliss, C. I. Goldstein and E. Turkel, "An iterative method for the Helmholtz equation", J. Comput. Phys. 49, 1983.
 */
public final class DominantCompanion {
    private DominantCompanion() {}

    /** The companion of a symmetric matrix. */
    public static CsrMatrix of(CsrMatrix a) {
        CsrAssembler assembler = new CsrAssembler(a.rows(), a.rows(), a.entries());
        for (int i = 0; i < a.rows(); i++) {
            double diagonal = 0;
            double sum = 0;
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                double value = a.values()[k];
                if (j == i) {
                    diagonal = value;
                } else {
                    sum += Math.abs(value);
                    assembler.add(i, j, value);
                }
            }
            assembler.add(i, i, Math.max(diagonal, sum));
        }
        return assembler.assemble();
    }
}
