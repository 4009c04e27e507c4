// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.sparkjno.amg.classical.PointType.COARSE;
import static org.sparkjno.amg.classical.PointType.FINE;
import static org.sparkjno.amg.classical.PointType.UNDECIDED;

import java.util.Arrays;

/**
 * The first pass of Ruge-Stüben coarsening: the point with the largest measure λ becomes coarse, all that depend on it
 * become fine, and those which these depend on gain weight; λ_i counts the undecided points that depend on i once and
 * the fine ones twice. Points of equal measure are taken first come, first served, which follows regular grids.
 *
 * <p>Ruge and Stüben, "Algebraic multigrid", in McCormick (ed.), "Multigrid Methods", SIAM 1987, section 4.6.
 */
final class FirstPass {
    private static final int NONE = -1;

    private final Couplings dependences;
    private final Couplings influences;
    private final byte[] types;
    private final int[] measure;
    /** Per measure a doubly linked queue of the undecided points that have it. */
    private final int[] first;

    private final int[] last;
    private final int[] next;
    private final int[] previous;

    private FirstPass(Couplings dependences, Couplings influences, byte[] types) {
        this.dependences = dependences;
        this.influences = influences;
        this.types = types;
        int n = types.length;
        measure = new int[n];
        int largest = 0;
        for (int i = 0; i < n; i++) {
            measure[i] = influences.degree(i);
            largest = Math.max(largest, measure[i]);
        }
        first = new int[2 * largest + 1];
        last = new int[2 * largest + 1];
        Arrays.fill(first, NONE);
        Arrays.fill(last, NONE);
        next = new int[n];
        previous = new int[n];
    }

    /** Decides all undecided points that influence others or depend on a point made coarse. */
    static void run(Couplings dependences, Couplings influences, byte[] types) {
        new FirstPass(dependences, influences, types).run();
    }

    private void run() {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == FINE) {
                for (int k = dependences.start()[i]; k < dependences.start()[i + 1]; k++) {
                    measure[dependences.columns()[k]]++;
                }
            }
        }
        for (int i = 0; i < types.length; i++) {
            if (types[i] == UNDECIDED) {
                enqueue(i);
            }
        }
        for (int top = first.length - 1; top > 0; top--) {
            while (first[top] != NONE) {
                int i = first[top];
                dequeue(i);
                types[i] = COARSE;
                // Raised measures may be above the one just served.
                top = Math.max(top, settleAround(i));
            }
        }
    }

    /** Makes those fine that depend on the new coarse point i; returns the largest measure that was raised. */
    private int settleAround(int i) {
        int raised = 0;
        for (int k = influences.start()[i]; k < influences.start()[i + 1]; k++) {
            int j = influences.columns()[k];
            if (types[j] == UNDECIDED) {
                dequeue(j);
                types[j] = FINE;
                raised = Math.max(raised, raiseThoseThatInfluence(j));
            }
        }
        for (int k = dependences.start()[i]; k < dependences.start()[i + 1]; k++) {
            int j = dependences.columns()[k];
            if (types[j] == UNDECIDED) {
                move(j, measure[j] - 1);
            }
        }
        return raised;
    }

    private int raiseThoseThatInfluence(int j) {
        int raised = 0;
        for (int k = dependences.start()[j]; k < dependences.start()[j + 1]; k++) {
            int l = dependences.columns()[k];
            if (types[l] == UNDECIDED) {
                move(l, measure[l] + 1);
                raised = Math.max(raised, measure[l]);
            }
        }
        return raised;
    }

    private void move(int i, int newMeasure) {
        dequeue(i);
        measure[i] = newMeasure;
        enqueue(i);
    }

    private void enqueue(int i) {
        int m = measure[i];
        int tail = last[m];
        previous[i] = tail;
        next[i] = NONE;
        if (tail == NONE) {
            first[m] = i;
        } else {
            next[tail] = i;
        }
        last[m] = i;
    }

    private void dequeue(int i) {
        int m = measure[i];
        int before = previous[i];
        int after = next[i];
        if (before == NONE) {
            first[m] = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            last[m] = before;
        } else {
            previous[after] = before;
        }
    }
}
