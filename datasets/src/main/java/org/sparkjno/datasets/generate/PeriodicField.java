// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import org.sparkjno.kernels.random.RandomStream;

/**
 * Samples of the Gaussian random field on the periodic unit interval with zero mean and covariance σ² (−Δ + τ²)^(−γ).
 *
 * <p>g(x) = Σ_k λ_k (ξ_k cos 2πkx + η_k sin 2πkx), λ_k = √2 σ ((2πk)² + τ²)^(−γ/2), k = 1 … N/2 − 1. The normal numbers
 * of a mode depend on the seed and the mode alone, so one seed is one function at every resolution.
 */
final class PeriodicField {
    private static final String STREAM = "periodic field";

    private final double[] amplitude;

    /**
     * Prepares the series.
     *
     * @param points N, even
     * @param gamma γ, smoothness
     * @param tau τ, inverse correlation length
     * @param sigma σ
     */
    PeriodicField(int points, double gamma, double tau, double sigma) {
        amplitude = new double[points / 2];
        for (int k = 1; k < amplitude.length; k++) {
            double wave = 2 * Math.PI * k;
            amplitude[k] = Math.sqrt(2) * sigma * StrictMath.pow(wave * wave + tau * tau, -gamma / 2);
        }
    }

    /** The function of a seed by its modes 0 … N/2 − 1. */
    Spectrum sample(long seed) {
        RandomStream random = RandomStream.named(seed, STREAM);
        Spectrum spectrum = new Spectrum(amplitude.length);
        for (int k = 1; k < amplitude.length; k++) {
            spectrum.re()[k] = amplitude[k] * random.gaussian(2L * k) / 2;
            spectrum.im()[k] = -amplitude[k] * random.gaussian(2L * k + 1) / 2;
        }
        return spectrum;
    }
}
