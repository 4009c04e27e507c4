// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

/**
 * The coefficients of the fourth-order exponential time differencing Runge-Kutta scheme for v' = L v + N(v) with a real
 * diagonal L and a fixed step.
 *
 * <p>Cox and Matthews, J. Comput. Phys. 176, 2002, with the contour means of Kassam and Trefethen, "Fourth-order
 * time-stepping for stiff PDEs", SIAM J. Sci. Comput. 26, 2005, section 3, which avoid cancellation near L = 0.
 *
 * @param full e^(hL)
 * @param half e^(hL/2)
 * @param stage weight of N in a half step
 * @param first weight of N at the start of the step
 * @param middle weight of N at each of the two half steps, to be doubled
 * @param last weight of N at the end of the step
 */
record EtdScheme(double[] full, double[] half, double[] stage, double[] first, double[] middle, double[] last) {
    private static final int CONTOUR_POINTS = 32;

    /**
     * The scheme for a step.
     *
     * @param step h
     * @param eigenvalues the diagonal of L
     */
    static EtdScheme of(double step, double[] eigenvalues) {
        int n = eigenvalues.length;
        EtdScheme scheme =
                new EtdScheme(new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (int k = 0; k < n; k++) {
            double z = step * eigenvalues[k];
            scheme.full[k] = StrictMath.exp(z);
            scheme.half[k] = StrictMath.exp(z / 2);
            scheme.average(k, z, step);
        }
        return scheme;
    }

    /** Means over the upper half of the unit circle around z; the lower half conjugates them away. */
    private void average(int k, double z, double step) {
        double weight = step / CONTOUR_POINTS;
        for (int m = 0; m < CONTOUR_POINTS; m++) {
            double angle = Math.PI * (m + 0.5) / CONTOUR_POINTS;
            Complex r = new Complex(z + StrictMath.cos(angle), StrictMath.sin(angle));
            Complex square = r.times(r);
            Complex inverseCube = r.times(square).inverse();
            Complex exponential = r.exp();
            Complex one = new Complex(1, 0);
            stage[k] += weight
                    * r.scaled(0.5)
                            .exp()
                            .plus(one.scaled(-1))
                            .times(r.inverse())
                            .re();
            first[k] += weight
                    * exponential
                            .times(one.scaled(4).plus(r.scaled(-3)).plus(square))
                            .plus(one.scaled(-4))
                            .plus(r.scaled(-1))
                            .times(inverseCube)
                            .re();
            middle[k] += weight
                    * exponential
                            .times(r.plus(one.scaled(-2)))
                            .plus(one.scaled(2))
                            .plus(r)
                            .times(inverseCube)
                            .re();
            last[k] += weight
                    * exponential
                            .times(one.scaled(4).plus(r.scaled(-1)))
                            .plus(one.scaled(-4))
                            .plus(r.scaled(-3))
                            .plus(square.scaled(-1))
                            .times(inverseCube)
                            .re();
        }
    }

    /** A complex number; only for the few thousand evaluations above. */
    private record Complex(double re, double im) {
        Complex plus(Complex other) {
            return new Complex(re + other.re, im + other.im);
        }

        Complex times(Complex other) {
            return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
        }

        Complex scaled(double factor) {
            return new Complex(factor * re, factor * im);
        }

        Complex inverse() {
            double square = re * re + im * im;
            return new Complex(re / square, -im / square);
        }

        Complex exp() {
            double modulus = StrictMath.exp(re);
            return new Complex(modulus * StrictMath.cos(im), modulus * StrictMath.sin(im));
        }
    }
}
