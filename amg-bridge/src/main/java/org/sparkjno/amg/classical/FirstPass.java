// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.sparkjno.amg.classical.PointType.COARSE;
import static org.sparkjno.amg.classical.PointType.FINE;
import static org.sparkjno.amg.classical.PointType.UNDECIDED;

/**
 * The first pass of Ruge-Stüben coarsening: the point with the largest measure λ becomes coarse, all that depend on it
 * become fine, and those which these depend on gain weight; λ_i counts the undecided points that depend on i once and
 * the fine ones twice. Points of equal measure are taken first come, first served, which follows regular grids.
 *
 * <p>Ruge and Stüben, "Algebraic multigrid", in McCormick (ed.), "Multigrid Methods", SIAM 1987, section 4.6.
 */
final class FirstPass {
    /**
     * Points that queue up together. The queues walk through them along wave fronts, which should stay in the cache;
     * later blocks see what earlier ones have decided, so the pattern goes on across their borders.
     */
    private static final int BLOCK = 1 << 16;

    private final Couplings dependences;
    private final Couplings influences;
    private final byte[] types;
    private final int largest;
    private final MeasureQueues queues;

    private FirstPass(Couplings dependences, Couplings influences, byte[] types) {
        this.dependences = dependences;
        this.influences = influences;
        this.types = types;
        int[] measure = new int[types.length];
        int degree = 0;
        for (int i = 0; i < types.length; i++) {
            measure[i] += influences.degree(i);
            degree = Math.max(degree, influences.degree(i));
            if (types[i] == FINE) {
                for (int k = dependences.start()[i]; k < dependences.start()[i + 1]; k++) {
                    measure[dependences.columns()[k]]++;
                }
            }
        }
        largest = 2 * degree;
        queues = new MeasureQueues(measure, largest);
    }

    /**
     * Decides all undecided points among the first {@code own} that influence others or depend on a point made coarse. Of
     * the points after them those become fine that depend on a new coarse one.
     */
    static void run(Couplings dependences, Couplings influences, byte[] types, int own) {
        new FirstPass(dependences, influences, types).run(own);
    }

    private void run(int own) {
        for (int from = 0; from < own; from += BLOCK) {
            serve(from, Math.min(own, from + BLOCK));
        }
    }

    private void serve(int from, int to) {
        for (int i = from; i < to; i++) {
            if (types[i] == UNDECIDED) {
                queues.enqueue(i);
            }
        }
        int top = largest;
        while (top > 0) {
            int i = queues.first(top);
            if (i == MeasureQueues.NONE) {
                top--;
            } else {
                queues.dequeue(i);
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
                queues.dequeue(j);
                types[j] = FINE;
                raised = Math.max(raised, raiseThoseThatInfluence(j));
            }
        }
        for (int k = dependences.start()[i]; k < dependences.start()[i + 1]; k++) {
            int j = dependences.columns()[k];
            if (types[j] == UNDECIDED) {
                queues.change(j, -1);
            }
        }
        return raised;
    }

    private int raiseThoseThatInfluence(int j) {
        int raised = 0;
        for (int k = dependences.start()[j]; k < dependences.start()[j + 1]; k++) {
            int l = dependences.columns()[k];
            if (types[l] == UNDECIDED) {
                raised = Math.max(raised, queues.change(l, 1));
            }
        }
        return raised;
    }
}
