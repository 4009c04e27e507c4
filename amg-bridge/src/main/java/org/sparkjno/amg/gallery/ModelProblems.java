// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import org.sparkjno.amg.matrix.CsrMatrix;

/** Short names for the most used model problems of this package. */
public final class ModelProblems {
    private ModelProblems() {}

    /** {@link Stencils#laplacian}. */
    public static CsrMatrix laplacian(int points, double... weights) {
        return Stencils.laplacian(points, weights);
    }

    /** {@link Stencils#twentySevenPoint}. */
    public static CsrMatrix stencil27(int points) {
        return Stencils.twentySevenPoint(points);
    }

    /** {@link FiniteVolumes#dirichlet}. */
    public static CsrMatrix finiteVolumes(int points, int dimensions, double[] coefficient) {
        return FiniteVolumes.dirichlet(points, dimensions, coefficient);
    }

    /** {@link FiniteVolumes#chequerboard}. */
    public static CsrMatrix chequerboard(int points, double jump) {
        return FiniteVolumes.chequerboard(points, jump);
    }

    /** {@link FiniteVolumes#lognormal}. */
    public static CsrMatrix lognormal(int points, double sigma, long seed) {
        return FiniteVolumes.lognormal(points, sigma, seed);
    }

    /** {@link FiniteVolumes#twoMaterials}. */
    public static CsrMatrix twoMaterials(int points, long seed) {
        return FiniteVolumes.twoMaterials(points, seed);
    }
}
