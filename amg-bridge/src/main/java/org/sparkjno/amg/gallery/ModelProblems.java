// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.Random;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Matrices of textbook problems, Dirichlet boundaries eliminated. */
public final class ModelProblems {
    private ModelProblems() {}

    /** The (2d + 1)-point stencil with one weight per axis, {@code points} unknowns per axis. */
    public static CsrMatrix laplacian(int points, double... weights) {
        int dimensions = weights.length;
        int unknowns = (int) Math.round(Math.pow(points, dimensions));
        CsrAssembler assembler = new CsrAssembler(unknowns, unknowns, unknowns * (2 * dimensions + 1));
        for (int i = 0; i < unknowns; i++) {
            double diagonal = 0;
            int step = 1;
            for (int d = dimensions - 1; d >= 0; d--) {
                int position = i / step % points;
                diagonal += 2 * weights[d];
                if (position > 0) {
                    assembler.add(i, i - step, -weights[d]);
                }
                if (position < points - 1) {
                    assembler.add(i, i + step, -weights[d]);
                }
                step *= points;
            }
            assembler.add(i, i, diagonal);
        }
        return assembler.assemble();
    }

    /** The 27-point stencil 26 / -1, whose couplings are all small against the diagonal. */
    public static CsrMatrix stencil27(int points) {
        int unknowns = points * points * points;
        CsrAssembler assembler = new CsrAssembler(unknowns, unknowns, 27 * unknowns);
        for (int i = 0; i < unknowns; i++) {
            for (int neighbour = 0; neighbour < 27; neighbour++) {
                int x = i / (points * points) + neighbour / 9 - 1;
                int y = i / points % points + neighbour / 3 % 3 - 1;
                int z = i % points + neighbour % 3 - 1;
                if (Math.min(x, Math.min(y, z)) >= 0 && Math.max(x, Math.max(y, z)) < points) {
                    assembler.add(i, (x * points + y) * points + z, neighbour == 13 ? 26 : -1);
                }
            }
        }
        return assembler.assemble();
    }

    /** Cell-centred finite volumes with harmonic means of the cell coefficients and half-cell boundary faces. */
    public static CsrMatrix finiteVolumes(int points, int dimensions, double[] coefficient) {
        int unknowns = coefficient.length;
        CsrAssembler assembler = new CsrAssembler(unknowns, unknowns, unknowns * (2 * dimensions + 1));
        for (int i = 0; i < unknowns; i++) {
            int step = 1;
            double diagonal = 0;
            for (int d = 0; d < dimensions; d++) {
                int position = i / step % points;
                for (int side = -1; side <= 1; side += 2) {
                    if (position + side < 0 || position + side >= points) {
                        diagonal += 2 * coefficient[i];
                        continue;
                    }
                    double other = coefficient[i + side * step];
                    double face = 2 * coefficient[i] * other / (coefficient[i] + other);
                    assembler.add(i, i + side * step, -face);
                    diagonal += face;
                }
                step *= points;
            }
            assembler.add(i, i, diagonal);
        }
        return assembler.assemble();
    }

    /** A 3-D chequerboard of 6 x 6 x 6 cell blocks with coefficients 1 and {@code jump}. */
    public static CsrMatrix chequerboard(int points, double jump) {
        double[] coefficient = new double[points * points * points];
        for (int i = 0; i < coefficient.length; i++) {
            int block = i / (points * points) / 6 + i / points % points / 6 + i % points / 6;
            coefficient[i] = block % 2 == 0 ? 1 : jump;
        }
        return finiteVolumes(points, 3, coefficient);
    }

    /** A 2-D medium with the coefficient exp(sigma N(0, 1)), drawn for every cell alone. */
    public static CsrMatrix lognormal(int points, double sigma, long seed) {
        Random random = new Random(seed);
        double[] coefficient = new double[points * points];
        for (int i = 0; i < coefficient.length; i++) {
            coefficient[i] = Math.exp(sigma * random.nextGaussian());
        }
        return finiteVolumes(points, 2, coefficient);
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
        return finiteVolumes(points, 2, field);
    }
}
