// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Matrices of constant finite-difference stencils on square and cubic grids, scaled by h². */
public final class Stencils {
    private Stencils() {}

    /**
     * The (2d + 1)-point Laplacian with one weight per axis and Dirichlet boundaries eliminated: weights 1, 1 give 4 / -1,
     * weights 1, 1e-3 grid anisotropy.
     *
     * @param points unknowns per axis
     * @param weights one per axis, axis 0 slowest
     */
    public static CsrMatrix laplacian(int points, double... weights) {
        return Grid.cube(points, weights.length).matrix((cell, neighbour, axis, side) -> weights[axis]);
    }

    /** The same with insulated (Neumann) boundaries: singular, constants are its null space. */
    public static CsrMatrix neumann(int points, double... weights) {
        return Grid.cube(points, weights.length)
                .matrix((cell, neighbour, axis, side) -> neighbour == Grid.Faces.OUTSIDE ? 0 : weights[axis]);
    }

    /** The 9-point stencil 8 / -1 in the plane. */
    public static CsrMatrix ninePoint(int points) {
        return box(points, 2);
    }

    /** The 27-point stencil 26 / -1, whose couplings are all small against the diagonal. */
    public static CsrMatrix twentySevenPoint(int points) {
        return box(points, 3);
    }

    private static CsrMatrix box(int points, int dimensions) {
        double[] stencil = new double[dimensions == 2 ? 9 : 27];
        Arrays.fill(stencil, -1);
        stencil[stencil.length / 2] = stencil.length - 1;
        return Grid.cube(points, dimensions).matrix(stencil);
    }
}
