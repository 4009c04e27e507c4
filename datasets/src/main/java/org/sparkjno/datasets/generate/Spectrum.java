// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.util.Arrays;

/**
 * Modes 0 … n − 1 of a real periodic function on [0, 1]: u(x) = û_0 + 2 Re Σ_k û_k e^(2πikx).
 *
 * @param re real parts
 * @param im imaginary parts
 */
record Spectrum(double[] re, double[] im) {
    Spectrum(int modes) {
        this(new double[modes], new double[modes]);
    }

    int modes() {
        return re.length;
    }

    /** Puts u(j / N) into {@code real} for an N-point transform, N ≥ 2n − 1; {@code imaginary} is scratch. */
    void evaluate(double[] real, double[] imaginary, Fft fft) {
        int n = real.length;
        Arrays.fill(real, 0);
        Arrays.fill(imaginary, 0);
        real[0] = re[0];
        for (int k = 1; k < re.length; k++) {
            real[k] = re[k];
            imaginary[k] = im[k];
            real[n - k] = re[k];
            imaginary[n - k] = -im[k];
        }
        fft.inverseUnscaled(real, imaginary);
    }
}
