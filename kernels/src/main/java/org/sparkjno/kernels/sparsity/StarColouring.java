// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;

/**
 * Vertices of the graph of a symmetric matrix in colours such that neighbours differ and every path of four vertices has
 * three colours; then each entry stands alone of its colour in its row, or its mirror image does: T. Coleman, J. Moré,
 * "Estimation of Sparse Hessian Matrices and Graph Coloring Problems", 1984. Each vertex gets the first colour that spoils
 * no path of coloured vertices, whether it ends the path or stands within it.
 */
final class StarColouring {
    private final Adjacency neighbours;
    private final int[] colours;
    private final boolean[] isAlone;
    private final int[] seen;

    private StarColouring(SparsityPattern pattern) {
        this.neighbours = Adjacency.rows(pattern);
        this.colours = new int[pattern.rows()];
        this.isAlone = new boolean[pattern.size()];
        this.seen = new int[pattern.rows()];
        Arrays.fill(colours, -1);
        int[] forbiddenFor = new int[pattern.rows() + 1];
        for (int v = 0; v < colours.length; v++) {
            see(v, 1);
            forbid(v, forbiddenFor);
            see(v, 0);
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

    /** Pairs of neighbours that are looked at. */
    static long work(SparsityPattern pattern) {
        Adjacency neighbours = Adjacency.rows(pattern);
        long pairs = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            int degree = neighbours.end(i) - neighbours.start(i);
            pairs += (long) degree * degree;
        }
        return pairs;
    }

    private void forbid(int v, int[] forbiddenFor) {
        for (int a = neighbours.start(v); a < neighbours.end(v); a++) {
            int w = neighbours.neighbour(a);
            if (w != v && colours[w] >= 0) {
                forbiddenFor[colours[w]] = v + 1;
                boolean isWithin = seen[colours[w]] > 1;
                for (int b = neighbours.start(w); b < neighbours.end(w); b++) {
                    int x = neighbours.neighbour(b);
                    boolean isOther = x != v && x != w && colours[x] >= 0 && forbiddenFor[colours[x]] != v + 1;
                    if (isOther && (isWithin || endsAPath(w, x))) {
                        forbiddenFor[colours[x]] = v + 1;
                    }
                }
            }
        }
    }

    /** Counts, or forgets, the neighbours of each colour. */
    private void see(int v, int number) {
        for (int a = neighbours.start(v); a < neighbours.end(v); a++) {
            int colour = colours[neighbours.neighbour(a)];
            if (colour >= 0) {
                seen[colour] = number == 0 ? 0 : seen[colour] + number;
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
        for (int i = 0; i < colours.length; i++) {
            see(i, 1);
            for (int k = neighbours.start(i); k < neighbours.end(i); k++) {
                isAlone[neighbours.entry(k)] = seen[colours[neighbours.neighbour(k)]] == 1;
            }
            see(i, 0);
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
