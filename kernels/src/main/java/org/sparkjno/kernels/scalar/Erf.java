// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

/**
 * The error function, within about one unit in the last place: for {@code |x| < 1} as {@code x + x p(x^2)}, beyond as
 * {@code 1 - exp(q(|x|))}, with minimax fits (Remez 1934) to {@code erf(x)/x - 1} and to {@code log erfc}. The intervals are
 * chosen in the manner of W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).
 */
final class Erf {
    /** Highest power first. */
    private static final double[] NEAR = {
        0x1.0608f5fa982dbp-34, -0x1.38a1375425851p-30, 0x1.f7b6306ec2d0cp-27, -0x1.5f1ef21b91138p-23,
        0x1.b9df276328e4ap-20, -0x1.f4d1e388847f3p-17, 0x1.f9a321dc22456p-14, -0x1.c02db3db018fbp-11,
        0x1.565bcd0dbc15dp-8, -0x1.b82ce31284ea4p-6, 0x1.ce2f21a042b32p-4, -0x1.812746b0379e6p-2,
        0x1.06eba8214db69p-3
    };

    /** Highest power first. */
    private static final double[] TAIL = {
        0x1.953526a457f3dp-46,
        -0x1.5e95fbb7559d5p-40,
        0x1.1f38cb966a974p-35,
        -0x1.286599e15725cp-31,
        0x1.b0267d19501fbp-28,
        -0x1.d8ecefeef8c3ep-25,
        0x1.9267cf61d9764p-22,
        -0x1.0f8c4beb6afa7p-19,
        0x1.24b1b47bb3bb6p-17,
        -0x1.f393125fc4e47p-16,
        0x1.44d1e1b9af1c7p-14,
        -0x1.1a5b721e58176p-13,
        0x1.eaf9857089ae9p-15,
        0x1.09dd5b45c8feap-11,
        -0x1.ab4a861d872ccp-10,
        0x1.5e4250635af56p-13,
        0x1.39be60ae20954p-6,
        -0x1.a4fd13cae7737p-4,
        -0x1.45f2c1d3bbb35p-1,
        -0x1.20dd7abc267e8p+0,
        0x1.cabe2865803f7p-26
    };

    private Erf() {}

    static double of(double x) {
        double t = Math.abs(x);
        if (t < 1) {
            return Math.fma(x, polynomial(NEAR, x * x), x);
        }
        double tail = Math.exp(polynomial(TAIL, Math.min(t, 6)));
        return Math.copySign(1 - tail, x);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = Math.fma(sum, x, coefficient);
        }
        return sum;
    }
}
