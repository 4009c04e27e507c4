// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Columns in colours such that those of one colour share no row: A. Curtis, M. Powell, J. Reid, "On the Estimation of Sparse
 * Jacobian Matrices", 1974. Each column gets the first colour that is left. Then the classes are coloured again from the
 * last to the first, which never takes more colours and often fewer: J. Culberson, "Iterated Greedy Graph Coloring and the
 * Difficulty Landscape", 1992. Stencils on grids often do best with their numbers modulo a small one.
 */
final class ColumnColouring {
    private static final int ROUNDS = 4;

    private final SparsityPattern pattern;
    private final Adjacency columnsOf;
    private final Adjacency rowsOf;
    private final int most;

    private ColumnColouring(SparsityPattern pattern) {
        this.pattern = pattern;
        this.columnsOf = Adjacency.rows(pattern);
        this.rowsOf = Adjacency.rows(pattern.transposed());
        int longest = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            longest = Math.max(longest, columnsOf.end(i) - columnsOf.start(i));
        }
        this.most = longest;
    }

    /** A colour per column, from 0. */
    static int[] of(SparsityPattern pattern) {
        ColumnColouring colouring = new ColumnColouring(pattern);
        int[] order = new int[pattern.columns()];
        Arrays.setAll(order, j -> j);
        if (colouring.most == pattern.columns()) {
            return order; // a full row leaves no choice
        }
        int[] best = colouring.greedy(order);
        for (int round = 0; round < ROUNDS && count(best) > colouring.most; round++) {
            best = colouring.greedy(lastClassFirst(best));
        }
        for (int modulus = Math.max(1, colouring.most); modulus < count(best); modulus++) {
            if (colouring.separates(modulus)) {
                int period = modulus;
                Arrays.setAll(best, j -> j % period);
            }
        }
        return best;
    }

    private static int count(int[] colours) {
        return Arrays.stream(colours).max().orElse(-1) + 1;
    }

    private int[] greedy(int[] order) {
        BitSet[] taken = new BitSet[pattern.rows()];
        Arrays.setAll(taken, i -> new BitSet());
        int[] colours = new int[order.length];
        BitSet forbidden = new BitSet();
        for (int j : order) {
            forbidden.clear();
            for (int r = rowsOf.start(j); r < rowsOf.end(j); r++) {
                forbidden.or(taken[rowsOf.neighbour(r)]);
            }
            colours[j] = forbidden.nextClearBit(0);
            for (int r = rowsOf.start(j); r < rowsOf.end(j); r++) {
                taken[rowsOf.neighbour(r)].set(colours[j]);
            }
        }
        return colours;
    }

    /** All columns, class by class. */
    private static int[] lastClassFirst(int[] colours) {
        int classes = count(colours);
        int[] next = new int[classes + 1];
        for (int colour : colours) {
            next[classes - colour]++;
        }
        for (int i = 0; i < classes; i++) {
            next[i + 1] += next[i];
        }
        int[] order = new int[colours.length];
        for (int j = 0; j < colours.length; j++) {
            order[next[classes - 1 - colours[j]]++] = j;
        }
        return order;
    }

    /** Whether the columns of every row differ modulo a number. */
    private boolean separates(int modulus) {
        int[] seenIn = new int[modulus];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = columnsOf.start(i); k < columnsOf.end(i); k++) {
                int rest = columnsOf.neighbour(k) % modulus;
                if (seenIn[rest] == i + 1) {
                    return false;
                }
                seenIn[rest] = i + 1;
            }
        }
        return true;
    }
}
