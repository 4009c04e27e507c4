// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The connected components of a square matrix; explicit zeros connect nothing.
 *
 * @param label component of every row, numbered by their first rows
 * @param count number of components
 */
public record Components(int[] label, int count) {
    /** Those of a matrix whose couplings count in both directions. */
    public static Components of(CsrMatrix a) {
        a.requireSquare();
        int[] parent = new int[a.rows()];
        Arrays.setAll(parent, i -> i);
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                if (a.values()[k] != 0) {
                    join(parent, i, a.columns()[k]);
                }
            }
        }
        int[] label = new int[a.rows()];
        int count = 0;
        for (int i = 0; i < label.length; i++) {
            int root = root(parent, i);
            // The smallest row of a component is its root, so the root's label stands when others need it.
            label[i] = root == i ? count++ : label[root];
        }
        return new Components(label, count);
    }

    private static void join(int[] parent, int i, int j) {
        int left = root(parent, i);
        int right = root(parent, j);
        parent[Math.max(left, right)] = Math.min(left, right);
    }

    /** Halves the paths on the way. */
    private static int root(int[] parent, int i) {
        int at = i;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
