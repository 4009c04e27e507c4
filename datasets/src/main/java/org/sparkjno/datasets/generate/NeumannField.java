// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import org.sparkjno.kernels.random.RandomStream;

/**
 * Samples of the Gaussian random field on the unit square with zero mean, covariance
 * τ^(2α−2) (−Δ + τ²)^(−α) and zero Neumann boundary conditions, on s x s points including the boundary.
 *
 * <p>Karhunen-Loève series of Li et al., "Fourier neural operator for parametric partial differential equations", ICLR
 * 2021, appendix A.3.2: g(x, y) = Σ λ_kl ξ_kl φ_k(x) φ_l(y), λ_kl = τ^(α−1) (π²(k² + l²) + τ²)^(−α/2), λ_00 = 0, φ_0 = 1,
 * φ_k(x) = √2 cos kπx. The normal number of a mode depends on the seed and the mode alone, so one seed is one field,
 * only better resolved on a finer grid.
 */
final class NeumannField {
    private static final String STREAM = "Neumann field";

    private final int points;
    private final double[] amplitude;
    /** φ_k(x_i) at [k * points + i], modes 0 … points − 1. */
    private final double[] basis;

    /**
     * Prepares the series.
     *
     * @param points s, per axis
     * @param alpha α, smoothness
     * @param tau τ, inverse correlation length
     */
    NeumannField(int points, double alpha, double tau) {
        this.points = points;
        amplitude = new double[points * points];
        basis = new double[points * points];
        double scale = StrictMath.pow(tau, alpha - 1);
        int period = 2 * (points - 1);
        for (int k = 0; k < points; k++) {
            for (int l = 0; l < points; l++) {
                double eigenvalue = Math.PI * Math.PI * (k * k + l * l) + tau * tau;
                amplitude[k * points + l] = k + l == 0 ? 0 : scale * StrictMath.pow(eigenvalue, -alpha / 2);
                // The angle k π i / (s − 1) is reduced in integers, so it is exact for every mode.
                double angle = Math.PI * ((long) k * l % period) / (points - 1);
                basis[k * points + l] = k == 0 ? 1 : Math.sqrt(2) * StrictMath.cos(angle);
            }
        }
    }

    /** The field of a seed, row-major, s x s values. */
    double[] sample(long seed) {
        RandomStream random = RandomStream.named(seed, STREAM);
        double[] coefficient = new double[points * points];
        for (int k = 0; k < points; k++) {
            for (int l = 0; l < points; l++) {
                coefficient[k * points + l] = amplitude[k * points + l] * random.gaussian(((long) k << 24) | l);
            }
        }
        // Both axes: first along l with the rows as they are, then along k with the transposed basis.
        double[] half = new double[points * points];
        for (int k = 0; k < points; k++) {
            for (int l = 0; l < points; l++) {
                axpy(coefficient[k * points + l], l, half, k);
            }
        }
        double[] field = new double[points * points];
        for (int i = 0; i < points; i++) {
            for (int k = 0; k < points; k++) {
                double factor = basis[k * points + i];
                for (int j = 0; j < points; j++) {
                    field[i * points + j] += factor * half[k * points + j];
                }
            }
        }
        return field;
    }

    /** Adds factor φ_mode to a row of target. */
    private void axpy(double factor, int mode, double[] target, int row) {
        for (int j = 0; j < points; j++) {
            target[row * points + j] += factor * basis[mode * points + j];
        }
    }
}
