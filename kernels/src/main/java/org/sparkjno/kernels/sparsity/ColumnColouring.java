// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;

/**
 * Columns in colours such that those of one colour share no row: A. Curtis, M. Powell, J. Reid, "On the Estimation of Sparse
 * Jacobian Matrices", 1974. Each column gets the first colour that is left.
 */
final class ColumnColouring {
    private ColumnColouring() {}

    /** A colour per column, from 0. */
    static int[] of(SparsityPattern pattern) {
        Adjacency columnsOf = Adjacency.rows(pattern);
        Adjacency rowsOf = Adjacency.rows(pattern.transposed());
        int[] colours = new int[pattern.columns()];
        for (int i = 0; i < pattern.rows(); i++) {
            if (columnsOf.end(i) - columnsOf.start(i) == pattern.columns()) {
                Arrays.setAll(colours, j -> j); // a full row leaves no choice
                return colours;
            }
        }
        Arrays.fill(colours, -1);
        int[] forbiddenFor = new int[pattern.columns() + 1];
        for (int j = 0; j < colours.length; j++) {
            for (int r = rowsOf.start(j); r < rowsOf.end(j); r++) {
                int row = rowsOf.neighbour(r);
                for (int k = columnsOf.start(row); k < columnsOf.end(row); k++) {
                    int colour = colours[columnsOf.neighbour(k)];
                    if (colour >= 0) {
                        forbiddenFor[colour] = j + 1;
                    }
                }
            }
            int colour = 0;
            while (forbiddenFor[colour] == j + 1) {
                colour++;
            }
            colours[j] = colour;
        }
        return colours;
    }
}
