// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import org.sparkjno.amg.matrix.CsrMatrix;

/** Bilinear (Q1) finite elements of scalar diffusion on the unit square, Dirichlet boundaries eliminated. */
public final class FiniteElements {
    /** The assembled one-dimensional stiffness and mass for offsets -1, 0, 1 on elements of length 1. */
    private static final double[] STIFFNESS = {-1, 2, -1};

    private static final double[] MASS = {1.0 / 6, 4.0 / 6, 1.0 / 6};

    private FiniteElements() {}

    /**
     * -∇·(K ∇u) with K = Q diag(1, epsilon) Qᵀ and Q the rotation by {@code angle}: the direction of strong diffusion is
     * (cos angle, sin angle), in general aligned with no grid line.
     *
     * @param points inner nodes per axis
     * @param epsilon ratio of the weak to the strong diffusion
     * @param angle in radians, from axis 0 to axis 1
     */
    public static CsrMatrix rotatedAnisotropy(int points, double epsilon, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double xx = cos * cos + epsilon * sin * sin;
        double yy = sin * sin + epsilon * cos * cos;
        double xy = (1 - epsilon) * cos * sin;
        double[] stencil = new double[9];
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++) {
                // The mixed terms are products of the first differences (-1/2, 0, 1/2) and (1/2, 0, -1/2), twice.
                double mixed = -(x - 1) * (y - 1) / 2.0;
                stencil[3 * x + y] = xx * STIFFNESS[x] * MASS[y] + yy * MASS[x] * STIFFNESS[y] + xy * mixed;
            }
        }
        return Grid.cube(points, 2).matrix(stencil);
    }
}
