// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkjno.amg.format.StoredVectors;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * How far solutions are from solving their systems.
 *
 * @param residual ‖b − Ax‖₂ of each right-hand side
 * @param size ‖b‖₂ of each right-hand side
 */
record Residuals(double[] residual, double[] size) {
    static Residuals of(CsrMatrix a, StoredVectors right, double[] x) {
        double[] r = new double[x.length];
        a.residual(right.values(), x, r, right.width(), Team.serial());
        return new Residuals(norms(r, right.width()), norms(right.values(), right.width()));
    }

    private static double[] norms(double[] vectors, int width) {
        double[] norms = new double[width];
        for (int k = 0; k < vectors.length; k++) {
            norms[k % width] = Math.hypot(norms[k % width], vectors[k]);
        }
        return norms;
    }

    /** The largest ‖b − Ax‖₂ / ‖b‖₂, where b = 0 counts as 1 long. */
    double largestRelative() {
        double largest = 0;
        for (int j = 0; j < residual.length; j++) {
            double relative = residual[j] / (size[j] == 0 ? 1 : size[j]);
            largest = relative <= largest ? largest : relative;
        }
        return largest;
    }

    /** What is asked for, in words. */
    static String wanted(StoppingCriterion criterion) {
        List<String> either = new ArrayList<>();
        if (criterion.relative() > 0) {
            either.add(String.format(Locale.ROOT, "a relative residual of %.1e", criterion.relative()));
        }
        if (criterion.absolute() > 0) {
            either.add(String.format(Locale.ROOT, "a residual of %.1e", criterion.absolute()));
        }
        return String.join(" or ", either);
    }

    /** Whether all are as small as asked for. */
    boolean meet(StoppingCriterion criterion) {
        for (int j = 0; j < residual.length; j++) {
            if (!(residual[j] <= Math.max(criterion.relative() * size[j], criterion.absolute()))) {
                return false;
            }
        }
        return true;
    }
}
