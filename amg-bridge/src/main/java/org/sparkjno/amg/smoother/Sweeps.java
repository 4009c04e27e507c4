// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * Several sweeps of a smoother in place of one. Symmetric where both numbers are equal.
 *
 * @param sweep the smoother that is repeated
 * @param before sweeps before the coarse correction, at least 1
 * @param after sweeps after it, at least 1
 */
public record Sweeps(Smoother sweep, int before, int after) implements Smoother {
    public Sweeps {
        if (before < 1 || after < 1) {
            throw new IllegalArgumentException(
                    "There must be at least one sweep on each side, but there are " + before + " and " + after + ".");
        }
    }

    /** A smoothing with {@code count} sweeps on each side. */
    public static Smoothing of(int count, Smoothing smoothing) {
        return (matrix, blockSize, team) -> new Sweeps(smoothing.on(matrix, blockSize, team), count, count);
    }

    @Override
    public Application begin(int width) {
        Application single = sweep.begin(width);
        return before == 1 && after == 1 ? single : new Repeated(single);
    }

    private final class Repeated implements Application {
        private final Application single;
        /** Correction and residual of a further sweep, made when first needed. */
        private double[] correction = new double[0];

        private double[] residual = correction;

        Repeated(Application single) {
            this.single = single;
        }

        /** A further sweep starts from zero on the residual of the last and yields the next residual by itself. */
        @Override
        public void before(double[] b, double[] x, double[] r) {
            single.before(b, x, r);
            if (before > 1 && correction.length < x.length) {
                correction = new double[x.length];
                residual = new double[x.length];
            }
            for (int s = 1; s < before; s++) {
                single.before(r, correction, residual);
                for (int i = 0; i < x.length; i++) {
                    x[i] += correction[i];
                }
                System.arraycopy(residual, 0, r, 0, r.length);
            }
        }

        @Override
        public void after(double[] b, double[] x, double[] r) {
            for (int s = 0; s < after; s++) {
                single.after(b, x, r);
            }
        }
    }
}
