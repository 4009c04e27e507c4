// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Extended+i interpolation: fine point i is interpolated from the coarse points C_i that it depends on and from those
 * that its strong fine neighbours depend on. With Ĉ_i the union of both,
 *
 * <pre>
 * w_ij = −(a_ij + Σ_k a_ik ā_kj / s_k) / d,   s_k = Σ_{l ∈ Ĉ_i ∪ {i}} ā_kl,
 * d = a_ii + Σ_{weak n ∉ Ĉ_i} a_in + Σ_k a_ik ā_ki / s_k,
 * </pre>
 *
 * where k runs over the strong fine neighbours and ā_kl is a_kl, or 0 where it has the sign of a_kk.
 *
 * <p>De Sterck, Falgout, Nolting and Yang, "Distance-two interpolation for parallel algebraic multigrid", Numer. Linear
 * Algebra Appl. 15, 2008, equation (4.10). Without the extension Ĉ_i = C_i, which is the modified classical
 * interpolation of the same paper, section 3.
 *
 * <p>For one thread, which asks for points in ascending order.
 */
final class ExtendedRule implements InterpolationRows.Rule {
    private final Couplings dependences;
    private final boolean[] strong;
    private final byte[] types;
    private final double[] diagonals;
    private final CoarseNeighbours coarse;
    private final boolean extended;
    private final int[] rowStart;
    private final int[] columns;
    private final double[] values;
    /** Per row the position up to which it has been searched for the points asked for. */
    private final int[] cursor;
    /** What a strong fine neighbour passes on: slots and couplings. */
    private int[] slots = new int[64];

    private double[] shares = new double[64];

    ExtendedRule(
            CsrMatrix a,
            double[] diagonals,
            StrongCouplings couplings,
            CoarsePoints points,
            CoarseNeighbours coarse,
            boolean extended) {
        this.diagonals = diagonals;
        this.coarse = coarse;
        this.extended = extended;
        dependences = couplings.dependences();
        strong = couplings.strong();
        types = points.types();
        rowStart = a.rowStart();
        columns = a.columns();
        values = a.values();
        cursor = Arrays.copyOf(rowStart, a.rows());
    }

    @Override
    public void interpolate(int i, InterpolationRow row) {
        collect(i, row);
        if (row.size() == 0) {
            return;
        }
        double own = diagonals[i];
        double diagonal = own;
        for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
            int j = columns[k];
            if (j == i) {
                continue;
            }
            int slot = row.slot(j);
            if (slot >= 0) {
                row.add(slot, values[k]);
            } else if (types[j] == PointType.FINE && strong[k]) {
                diagonal += distribute(i, j, values[k], row);
            } else if (types[j] != PointType.ISOLATED) {
                // The smoother nearly solves isolated points, so their error is taken for zero, not for that of i.
                diagonal += values[k];
            }
        }
        // Positive couplings may eat up the diagonal; then they are better not added to it.
        row.scale(-1 / (diagonal * own > 0 ? diagonal : own));
    }

    /** Puts the points of Ĉ_i into the row. */
    private void collect(int i, InterpolationRow row) {
        include(i, row);
        if (!extended) {
            return;
        }
        for (int k = dependences.start()[i]; k < dependences.start()[i + 1]; k++) {
            // Rows of other than fine points are empty.
            include(dependences.columns()[k], row);
        }
    }

    private void include(int j, InterpolationRow row) {
        int end = coarse.strongEnd()[j];
        for (int k = coarse.start()[j]; k < end; k++) {
            row.include(coarse.points()[k]);
        }
    }

    /** Passes a_ik on to the points that k is coupled to; returns the share of i itself, all if there are none. */
    private double distribute(int i, int k, double coupling, InterpolationRow row) {
        int from = coarse.start()[k];
        int to = coarse.start()[k + 1];
        if (slots.length < to - from) {
            slots = Arrays.copyOf(slots, 2 * (to - from));
            shares = Arrays.copyOf(shares, slots.length);
        }
        double back = couplingBack(k, i);
        double sum = back;
        int count = 0;
        for (int l = from; l < to; l++) {
            int slot = row.slot(coarse.points()[l]);
            if (slot >= 0) {
                double value = coarse.values()[l];
                slots[count] = slot;
                shares[count++] = value;
                sum += value;
            }
        }
        if (sum == 0) {
            return coupling;
        }
        double factor = coupling / sum;
        for (int c = 0; c < count; c++) {
            row.add(slots[c], factor * shares[c]);
        }
        return factor * back;
    }

    /** ā_ki. Points i come in ascending order, so each row is searched but once in all. */
    private double couplingBack(int k, int i) {
        int at = cursor[k];
        int end = rowStart[k + 1];
        while (at < end && columns[at] < i) {
            at++;
        }
        cursor[k] = at;
        boolean stored = at < end && columns[at] == i;
        return stored && CoarseNeighbours.opposite(values[at], diagonals[k] < 0) ? values[at] : 0;
    }
}
