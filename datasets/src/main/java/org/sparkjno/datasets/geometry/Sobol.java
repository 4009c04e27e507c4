// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import org.sparkjno.kernels.random.RandomStream;

/**
 * The Sobol sequence: I. M. Sobol', "On the distribution of points in a cube and the approximate evaluation of integrals",
 * USSR Comput. Math. Math. Phys. 7, 1967, with the direction numbers of S. Joe, F. Y. Kuo, "Constructing Sobol sequences
 * with better two-dimensional projections", SIAM J. Sci. Comput. 30, 2008 (their set D(6)).
 *
 * <p>Scrambled by the nested uniform scrambling of A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995,
 * in the hashed form of B. Burley, "Practical hash-based Owen scrambling", JCGT 9(4), 2020. Coordinates have 32 bits.
 */
final class Sobol {
    /** Largest number of dimensions. */
    static final int DIMENSIONS = 21;

    private static final int BITS = 32;
    /** Per dimension from the second: degree and inner coefficients of its primitive polynomial, then m_1, m_2, … */
    private static final int[][] JOE_KUO = {
        {1, 0, 1},
        {2, 1, 1, 3},
        {3, 1, 1, 3, 1},
        {3, 2, 1, 1, 1},
        {4, 1, 1, 1, 3, 3},
        {4, 4, 1, 3, 5, 13},
        {5, 2, 1, 1, 5, 5, 17},
        {5, 4, 1, 1, 5, 5, 5},
        {5, 7, 1, 1, 7, 11, 19},
        {5, 11, 1, 1, 5, 1, 1},
        {5, 13, 1, 1, 1, 3, 11},
        {5, 14, 1, 3, 5, 5, 31},
        {6, 1, 1, 3, 3, 9, 7, 49},
        {6, 13, 1, 1, 1, 15, 21, 21},
        {6, 16, 1, 3, 1, 13, 27, 49},
        {6, 19, 1, 1, 1, 15, 7, 5},
        {6, 22, 1, 3, 1, 15, 13, 25},
        {6, 25, 1, 1, 5, 5, 19, 61},
        {7, 1, 1, 3, 7, 11, 23, 15, 103},
        {7, 4, 1, 3, 7, 13, 13, 15, 69}
    };

    /** Direction numbers by axis and bit, the binary point before the highest bit. */
    private final int[][] directions;
    /** Per axis the seed of its scrambling. */
    private final int[] seeds;

    private Sobol(int[][] directions, int[] seeds) {
        this.directions = directions;
        this.seeds = seeds;
    }

    /** The sequence in {@code dimensions} dimensions; other seeds give independently scrambled ones. */
    static Sobol scrambled(int dimensions, long seed) {
        if (dimensions < 1 || dimensions > DIMENSIONS) {
            throw new IllegalArgumentException("The Sobol sequence is tabulated for 1 to " + DIMENSIONS
                    + " dimensions, not for " + dimensions + "; use LATIN_HYPERCUBE there.");
        }
        int[][] directions = new int[dimensions][];
        int[] seeds = new int[dimensions];
        RandomStream stream = RandomStream.named(seed, "Sobol");
        for (int axis = 0; axis < dimensions; axis++) {
            directions[axis] = directions(axis);
            seeds[axis] = (int) (stream.bits(axis) >>> BITS);
        }
        return new Sobol(directions, seeds);
    }

    private static int[] directions(int axis) {
        int[] v = new int[BITS];
        if (axis == 0) {
            for (int k = 0; k < BITS; k++) {
                v[k] = 1 << (BITS - 1 - k);
            }
            return v;
        }
        int[] row = JOE_KUO[axis - 1];
        int degree = row[0];
        int coefficients = row[1];
        for (int k = 0; k < BITS; k++) {
            if (k < degree) {
                v[k] = row[2 + k] << (BITS - 1 - k);
            } else {
                v[k] = v[k - degree] ^ (v[k - degree] >>> degree);
                for (int j = 1; j < degree; j++) {
                    if ((coefficients >> (degree - 1 - j) & 1) == 1) {
                        v[k] ^= v[k - j];
                    }
                }
            }
        }
        return v;
    }

    /** A coordinate of a point, in (0, 1). */
    double coordinate(int index, int axis) {
        return (Integer.toUnsignedLong(scramble(bits(index, axis), seeds[axis])) + 0.5) * 0x1p-32;
    }

    /** The unscrambled coordinate, as a binary fraction of 32 bits. */
    int bits(int index, int axis) {
        int bits = 0;
        for (int k = 0, rest = index; rest != 0; k++, rest >>>= 1) {
            if ((rest & 1) == 1) {
                bits ^= directions[axis][k];
            }
        }
        return bits;
    }

    /** Flips each bit by a hash of the bits above it: the permutation of Laine and Karras on the reversed bits. */
    private static int scramble(int bits, int seed) {
        int x = Integer.reverse(bits);
        x ^= x * 0x3d20adea;
        x += seed;
        x *= (seed >>> 16) | 1;
        x ^= x * 0x05526c56;
        x ^= x * 0x53a22864;
        return Integer.reverse(x);
    }
}
