// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.Random;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Cell-centred finite volumes for -∇·(k ∇u) on the unit square or cube, scaled by h^(2 - d): harmonic means of the cell
 * coefficients on inner faces, half a cell (2k) on Dirichlet boundaries.
 */
public final class FiniteVolumes {
    /** Cells per edge of the blocks of {@link #chequerboard}. */
    private static final int BLOCK = 6;

    private FiniteVolumes() {}

    /**
     * A medium with Dirichlet boundaries.
     *
     * @param points cells per axis
     * @param coefficient k of every cell, positive, axis 0 slowest
     */
    public static CsrMatrix dirichlet(int points, int dimensions, double[] coefficient) {
        return matrix(points, dimensions, coefficient, 2);
    }

    /** A medium with insulated boundaries: singular, constants are its null space. */
    public static CsrMatrix neumann(int points, int dimensions, double[] coefficient) {
        return matrix(points, dimensions, coefficient, 0);
    }

    private static CsrMatrix matrix(int points, int dimensions, double[] coefficient, double boundary) {
        Grid grid = Grid.cube(points, dimensions);
        if (coefficient.length != grid.cells()) {
            throw new IllegalArgumentException(
                    "There are " + coefficient.length + " coefficients for " + grid.cells() + " cells.");
        }
        return grid.matrix((cell, neighbour, axis, side) -> {
            double k = coefficient[cell];
            if (neighbour == Grid.Faces.OUTSIDE) {
                return boundary * k;
            }
            double other = coefficient[neighbour];
            return 2 * k * other / (k + other);
        });
    }

    /** A 3-D chequerboard of 6 x 6 x 6 cell blocks with coefficients 1 and {@code jump}. */
    public static CsrMatrix chequerboard(int points, double jump) {
        Grid grid = Grid.cube(points, 3);
        double[] coefficient = new double[grid.cells()];
        for (int i = 0; i < coefficient.length; i++) {
            int block = grid.position(i, 0) / BLOCK + grid.position(i, 1) / BLOCK + grid.position(i, 2) / BLOCK;
            coefficient[i] = block % 2 == 0 ? 1 : jump;
        }
        return dirichlet(points, 3, coefficient);
    }

    /** A 2-D medium with the coefficient exp(sigma N(0, 1)), drawn for every cell alone. */
    public static CsrMatrix lognormal(int points, double sigma, long seed) {
        Random random = new Random(seed);
        double[] coefficient = new double[points * points];
        for (int i = 0; i < coefficient.length; i++) {
            coefficient[i] = Math.exp(sigma * random.nextGaussian());
        }
        return dirichlet(points, 2, coefficient);
    }

    /** A 2-D medium of two materials, 12 and 3, divided by a few random waves. */
    public static CsrMatrix twoMaterials(int points, long seed) {
        Random random = new Random(seed);
        double[] field = new double[points * points];
        for (int wave = 0; wave < 12; wave++) {
            double kx = random.nextInt(6);
            double ky = random.nextInt(6);
            double amplitude = random.nextGaussian() / (9 + kx * kx + ky * ky);
            for (int i = 0; i < field.length; i++) {
                field[i] += amplitude
                        * Math.cos(Math.PI * kx * (i / points) / points)
                        * Math.cos(Math.PI * ky * (i % points) / points);
            }
        }
        for (int i = 0; i < field.length; i++) {
            field[i] = field[i] >= 0 ? 12 : 3;
        }
        return dirichlet(points, 2, field);
    }
}
