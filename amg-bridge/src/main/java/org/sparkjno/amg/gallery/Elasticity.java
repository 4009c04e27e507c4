// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Linear elasticity with bilinear or trilinear (Q1) elements, Young's modulus 1 and Poisson ratio 0.3 (plane strain in
 * 2-D), on a block of unit elements whose face x = 0 is clamped.
 *
 * @param matrix symmetric positive definite; the d displacements of a node are consecutive rows
 * @param dimensions d, 2 or 3
 * @param coordinates (nodes x d), row after row
 */
public record Elasticity(CsrMatrix matrix, int dimensions, double[] coordinates) {
    private static final double YOUNG = 1;
    private static final double POISSON = 0.3;

    /**
     * The elastic block of some elements per axis; two numbers make a plate, three a block.
     *
     * @param elements elements along x, y (and z)
     */
    public static Elasticity clamped(int... elements) {
        int d = elements.length;
        if (d != 2 && d != 3) {
            throw new IllegalArgumentException("Elasticity is for 2 or 3 dimensions, not " + d + ".");
        }
        return new Assembly(elements).assemble();
    }

    /** A beam of 5 x 1 x 1 times as many elements: 8 gives 40 x 8 x 8. */
    public static Elasticity beam(int thickness) {
        return clamped(5 * thickness, thickness, thickness);
    }

    /** The element matrix (2^d d x 2^d d), corners with axis 0 slowest, by two Gauss points per axis. */
    static double[][] elementMatrix(int d) {
        int corners = 1 << d;
        double lambda = YOUNG * POISSON / ((1 + POISSON) * (1 - 2 * POISSON));
        double mu = YOUNG / (2 * (1 + POISSON));
        double[][] element = new double[corners * d][corners * d];
        double weight = 1.0 / corners;
        for (int q = 0; q < corners; q++) {
            double[][] gradient = new double[corners][];
            for (int c = 0; c < corners; c++) {
                gradient[c] = gradient(d, c, q);
            }
            for (int c = 0; c < corners; c++) {
                for (int e = 0; e < corners; e++) {
                    double dot = 0;
                    for (int k = 0; k < d; k++) {
                        dot += gradient[c][k] * gradient[e][k];
                    }
                    for (int i = 0; i < d; i++) {
                        for (int j = 0; j < d; j++) {
                            double stress = lambda * gradient[c][i] * gradient[e][j]
                                    + mu * gradient[c][j] * gradient[e][i]
                                    + (i == j ? mu * dot : 0);
                            element[c * d + i][e * d + j] += weight * stress;
                        }
                    }
                }
            }
        }
        // Rounding must not make the matrix nonsymmetric.
        for (int k = 0; k < element.length; k++) {
            for (int l = 0; l < k; l++) {
                element[k][l] = element[l][k];
            }
        }
        return element;
    }

    /** Gradient of the shape function of a corner at a Gauss point of the unit element. */
    private static double[] gradient(int d, int corner, int gaussPoint) {
        double[] gradient = new double[d];
        Arrays.fill(gradient, 1);
        for (int axis = 0; axis < d; axis++) {
            double x = 0.5 + (bit(gaussPoint, axis, d) == 1 ? 0.5 : -0.5) / Math.sqrt(3);
            boolean far = bit(corner, axis, d) == 1;
            for (int k = 0; k < d; k++) {
                double slope = far ? 1 : -1;
                gradient[k] *= k == axis ? slope : far ? x : 1 - x;
            }
        }
        return gradient;
    }

    private static int bit(int corner, int axis, int d) {
        return corner >> (d - 1 - axis) & 1;
    }

    /** Writes the rows of all free nodes directly, neighbour after neighbour. */
    private static final class Assembly {
        private final int d;
        private final int[] elements;
        /** Free nodes per axis: the clamped ones at x = 0 are left out. */
        private final int[] nodes;

        private final double[][] element;

        Assembly(int[] elements) {
            this.elements = elements.clone();
            d = elements.length;
            nodes = new int[d];
            for (int k = 0; k < d; k++) {
                if (elements[k] < 1) {
                    throw new IllegalArgumentException(
                            "A block cannot have " + elements[k] + " elements along an axis.");
                }
                nodes[k] = elements[k] + (k == 0 ? 0 : 1);
            }
            element = elementMatrix(d);
        }

        Elasticity assemble() {
            int count = 1;
            long couplings = 1;
            for (int n : nodes) {
                count = Math.multiplyExact(count, n);
                couplings *= 3L * n - 2;
            }
            int entries = Math.toIntExact(couplings * d * d);
            int[] rowStart = new int[count * d + 1];
            int[] columns = new int[entries];
            double[] values = new double[entries];
            double[] coordinates = new double[count * d];
            int neighbours = d == 2 ? 9 : 27;
            int k = 0;
            for (int node = 0; node < count; node++) {
                int[] at = position(node);
                for (int i = 0; i < d; i++) {
                    coordinates[node * d + i] = at[i] + (i == 0 ? 1 : 0);
                    for (int s = 0; s < neighbours; s++) {
                        int[] offset = offset(s);
                        int other = neighbour(at, offset);
                        for (int j = 0; other >= 0 && j < d; j++) {
                            columns[k] = other * d + j;
                            values[k++] = coupling(at, offset, i, j);
                        }
                    }
                    rowStart[node * d + i + 1] = k;
                }
            }
            return new Elasticity(CsrMatrix.of(count * d, count * d, rowStart, columns, values), d, coordinates);
        }

        private int[] position(int node) {
            int[] at = new int[d];
            int rest = node;
            for (int k = d - 1; k >= 0; k--) {
                at[k] = rest % nodes[k];
                rest /= nodes[k];
            }
            return at;
        }

        private int[] offset(int s) {
            int[] offset = new int[d];
            int rest = s;
            for (int k = d - 1; k >= 0; k--) {
                offset[k] = rest % 3 - 1;
                rest /= 3;
            }
            return offset;
        }

        private int neighbour(int[] at, int[] offset) {
            int node = 0;
            for (int k = 0; k < d; k++) {
                int place = at[k] + offset[k];
                if (place < 0 || place >= nodes[k]) {
                    return -1;
                }
                node = node * nodes[k] + place;
            }
            return node;
        }

        /** The sum over the elements that hold both nodes. */
        private double coupling(int[] at, int[] offset, int i, int j) {
            double sum = 0;
            for (int corner = 0; corner < 1 << d; corner++) {
                int other = 0;
                boolean shared = true;
                for (int k = 0; k < d; k++) {
                    int bit = bit(corner, k, d);
                    // The clamped layer of nodes shifts the free ones by one element along x.
                    int e = at[k] + (k == 0 ? 1 : 0) - bit;
                    int place = bit + offset[k];
                    shared &= e >= 0 && e < elements[k] && place >= 0 && place <= 1;
                    other = 2 * other + place;
                }
                if (shared) {
                    sum += element[corner * d + i][other * d + j];
                }
            }
            return sum;
        }
    }
}
