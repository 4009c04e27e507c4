// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * At most two steps of flexible conjugate gradients on a symmetric matrix, of GCR on any other; the second is left out
 * where the first has reduced the residual to a quarter.
 *
 * <p>Notay and Vassilevski, "Recursive Krylov-based multigrid cycles", Numer. Linear Algebra Appl. 15, 2008, algorithms 2.1
 * and 2.2.
 */
final class KrylovVisits implements Visits<double[]> {
    private static final double GOOD = 0.25;

    private final CsrMatrix matrix;
    private final VectorSpace space;
    private final Team team;
    private final boolean symmetric;
    private final double[] residual;
    private final double[] image;
    private final double[] second;
    private final double[] secondImage;

    KrylovVisits(CsrMatrix matrix, boolean symmetric, VectorSpace space, Team team) {
        this.matrix = matrix;
        this.space = space;
        this.team = team;
        this.symmetric = symmetric;
        residual = space.zeros();
        image = space.zeros();
        second = space.zeros();
        secondImage = space.zeros();
    }

    @Override
    public void run(Correction<double[]> first, Correction<double[]> other, double[] b, double[] x) {
        int width = space.width();
        first.apply(b, x);
        matrix.multiply(x, image, width, team);
        double[] rho = space.dot(symmetric ? x : image, image);
        double[] alpha = ratio(space.dot(symmetric ? x : image, b), rho);
        System.arraycopy(b, 0, residual, 0, b.length);
        space.axpy(negated(alpha), image, residual);
        boolean[] unfinished = unfinished(space.norm(residual), space.norm(b));
        if (!any(unfinished)) {
            space.scale(alpha, x);
            return;
        }
        other.apply(residual, second);
        matrix.multiply(second, secondImage, width, team);
        double[] test = symmetric ? second : secondImage;
        double[] gamma = space.dot(test, image);
        double[] beta = space.dot(test, secondImage);
        double[] part = ratio(gamma, rho);
        for (int j = 0; j < width; j++) {
            beta[j] -= gamma[j] * part[j];
        }
        double[] step = ratio(space.dot(test, residual), beta);
        for (int j = 0; j < width; j++) {
            step[j] = unfinished[j] ? step[j] : 0;
            alpha[j] -= part[j] * step[j];
        }
        space.scale(alpha, x);
        space.axpy(step, second, x);
    }

    /** Zero where the divisor is: that vector is solved already. */
    private static double[] ratio(double[] dividend, double[] divisor) {
        double[] ratio = new double[dividend.length];
        for (int j = 0; j < ratio.length; j++) {
            ratio[j] = divisor[j] == 0 ? 0 : dividend[j] / divisor[j];
        }
        return ratio;
    }

    private static double[] negated(double[] values) {
        double[] negated = new double[values.length];
        for (int j = 0; j < values.length; j++) {
            negated[j] = -values[j];
        }
        return negated;
    }

    private static boolean[] unfinished(double[] norms, double[] originals) {
        boolean[] unfinished = new boolean[norms.length];
        for (int j = 0; j < norms.length; j++) {
            unfinished[j] = norms[j] > GOOD * originals[j];
        }
        return unfinished;
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }
}
