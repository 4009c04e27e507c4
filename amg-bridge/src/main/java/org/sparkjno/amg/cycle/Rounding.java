// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.compiled.Panel;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.parallel.Team;

/** The border between double precision and another, for vectors of one level. */
final class Rounding<V> {
    private final Real<V> real;
    private final List<Panel<V>> panels;
    private final int rows;
    private final int width;
    private final Team team;

    Rounding(Real<V> real, int rows, int width, Team team) {
        this.real = real;
        this.panels = Panel.of(real, 1, 1, width);
        this.rows = rows;
        this.width = width;
        this.team = team;
    }

    /** A correction in this precision for callers in double precision. */
    Preconditioner.Application outside(Correction<V> correction) {
        V right = real.zeros(rows * width);
        V result = real.zeros(rows * width);
        double[] factor = new double[width];
        double[] inverse = new double[width];
        return (r, z) -> {
            if (factor[0] == 0) {
                normalise(r, factor, inverse);
            }
            narrow(r, factor, right);
            correction.apply(right, result);
            widen(result, inverse, z);
        };
    }

    /** A correction in double precision for callers in this one. */
    Correction<V> inside(Preconditioner.Application correction) {
        double[] right = new double[rows * width];
        double[] result = new double[rows * width];
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        return (r, z) -> {
            widen(r, ones, right);
            correction.apply(right, result);
            narrow(result, ones, z);
        };
    }

    /**
     * Factors that bring the first residual of a solve to the middle of what single precision can hold. The later ones are
     * smaller by less than that range.
     */
    private void normalise(double[] r, double[] factor, double[] inverse) {
        double[] largest = new double[width];
        for (int at = 0; at < r.length; at += width) {
            for (int j = 0; j < width; j++) {
                largest[j] = Math.max(largest[j], Math.abs(r[at + j]));
            }
        }
        for (int j = 0; j < width; j++) {
            // Powers of two, which round nothing.
            int exponent = largest[j] > 0 && Double.isFinite(largest[j]) ? Math.getExponent(largest[j]) : 0;
            factor[j] = Math.scalb(1.0, -exponent);
            inverse[j] = Math.scalb(1.0, exponent);
        }
    }

    private void narrow(double[] x, double[] factors, V y) {
        team.forRows(rows, (from, to) -> panels.forEach(panel -> panel.narrow(x, factors, y, from, to)));
    }

    private void widen(V x, double[] factors, double[] y) {
        team.forRows(rows, (from, to) -> panels.forEach(panel -> panel.widen(x, factors, y, from, to)));
    }
}
