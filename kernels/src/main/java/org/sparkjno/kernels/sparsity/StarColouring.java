// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;

/**
 * Vertices of the graph of a symmetric matrix in colours such that neighbours differ and every path of four vertices has
 * three colours; then each entry stands alone in a row of its colour, or its mirror image does. Greedy: A. Gebremedhin,
 * A. Tarafdar, F. Manne, A. Pothen, "New Acyclic and Star Coloring Algorithms with Application to Computing Hessians",
 * SIAM J. Sci. Comput. 29, 2007, algorithm 4.1.
 */
final class StarColouring {
    private final Adjacency neighbours;
    private final int[] colours;
    private final boolean[] isAlone;

    private StarColouring(SparsityPattern pattern) {
        this.neighbours = Adjacency.rows(pattern);
        this.colours = new int[pattern.rows()];
        this.isAlone = new boolean[pattern.size()];
        Arrays.fill(colours, -1);
        int[] forbiddenFor = new int[pattern.rows() + 1];
        for (int v = 0; v < colours.length; v++) {
            forbid(v, forbiddenFor);
            int colour = 0;
            while (forbiddenFor[colour] == v + 1) {
                colour++;
            }
            colours[v] = colour;
        }
        findAlone();
    }

    /** @param pattern symmetric */
    static StarColouring of(SparsityPattern pattern) {
        return new StarColouring(pattern);
    }

    private void forbid(int v, int[] forbiddenFor) {
        for (int a = neighbours.start(v); a < neighbours.end(v); a++) {
            int w = neighbours.neighbour(a);
            if (w == v) {
                continue;
            }
            if (colours[w] >= 0) {
                forbiddenFor[colours[w]] = v + 1;
            }
            for (int b = neighbours.start(w); b < neighbours.end(w); b++) {
                int x = neighbours.neighbour(b);
                boolean isOther = x != v && x != w && colours[x] >= 0;
                if (isOther && forbiddenFor[colours[x]] != v + 1 && (colours[w] < 0 || endsAPath(w, x))) {
                    forbiddenFor[colours[x]] = v + 1;
                }
            }
        }
    }

    /** Whether x has another neighbour of w's colour. */
    private boolean endsAPath(int w, int x) {
        for (int c = neighbours.start(x); c < neighbours.end(x); c++) {
            int y = neighbours.neighbour(c);
            if (y != w && colours[y] == colours[w]) {
                return true;
            }
        }
        return false;
    }

    private void findAlone() {
        int[] seen = new int[colours.length];
        for (int i = 0; i < colours.length; i++) {
            for (int k = neighbours.start(i); k < neighbours.end(i); k++) {
                seen[colours[neighbours.neighbour(k)]]++;
            }
            for (int k = neighbours.start(i); k < neighbours.end(i); k++) {
                isAlone[neighbours.entry(k)] = seen[colours[neighbours.neighbour(k)]] == 1;
            }
            for (int k = neighbours.start(i); k < neighbours.end(i); k++) {
                seen[colours[neighbours.neighbour(k)]] = 0;
            }
        }
    }

    /** A colour per column, from 0. */
    int[] colours() {
        return colours;
    }

    int colour(int vertex) {
        return colours[vertex];
    }

    /** Whether no other entry of the row has a column of the same colour. */
    boolean isAlone(int entry) {
        return isAlone[entry];
    }
}
