// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A quick proof that constants are no null vectors: every row is connected to one whose sum is not zero. Sweeps forwards and
 * backwards over the rows carry the word on, so that for matrices in any sensible order one or two settle it; where they do
 * not, nothing is proved.
 */
final class Grounding {
    private static final int SWEEPS = 6;

    private Grounding() {}

    /**
     * Whether it is proved.
     *
     * @param unbalanced rows whose sum is not zero; overwritten
     */
    static boolean reachesAll(CsrMatrix a, boolean[] unbalanced) {
        int n = a.rows();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            int left = 0;
            for (int step = 0; step < n; step++) {
                int i = sweep % 2 == 0 ? step : n - 1 - step;
                if (!unbalanced[i]) {
                    unbalanced[i] = touches(a, unbalanced, i);
                    left += unbalanced[i] ? 0 : 1;
                }
            }
            if (left == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean touches(CsrMatrix a, boolean[] reached, int i) {
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (reached[a.columns()[k]] && a.values()[k] != 0) {
                return true;
            }
        }
        return false;
    }
}
