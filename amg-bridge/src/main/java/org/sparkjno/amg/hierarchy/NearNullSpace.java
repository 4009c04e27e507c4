// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Arrays;

/**
 * Vectors on which the operator nearly vanishes and which coarse levels must therefore represent: constants for
 * diffusion, rigid body motions for elasticity. Immutable; the array is handed out as it is, to be read only.
 *
 * @param rows components of each vector
 * @param width number of vectors, at least 1
 * @param values (rows x width), row after row
 */
public record NearNullSpace(int rows, int width, double[] values) {
    public NearNullSpace {
        if (width < 1 || values.length != (long) rows * width) {
            throw new IllegalArgumentException("A near-null space of " + width + " vectors of " + rows
                    + " components cannot hold " + values.length + " numbers.");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A near-null vector holds " + value + ".");
            }
        }
    }

    /** One constant vector per unknown of a node: 1 in that unknown of every node, 0 in the others. */
    public static NearNullSpace constants(int rows, int blockSize) {
        double[] values = new double[Math.multiplyExact(rows, blockSize)];
        if (blockSize == 1) {
            Arrays.fill(values, 1);
        } else {
            for (int i = 0; i < rows; i++) {
                values[i * blockSize + i % blockSize] = 1;
            }
        }
        return new NearNullSpace(rows, blockSize, values);
    }

    /**
     * The rigid body motions of an elastic body, which cost no energy while it is free: 2 translations and 1 rotation in
     * the plane, 3 and 3 in space. The displacements of a node are consecutive rows.
     *
     * @param coordinates (nodes x dimensions) of the undeformed body, row after row
     * @param dimensions 2 or 3
     */
    public static NearNullSpace rigidBodyModes(double[] coordinates, int dimensions) {
        if (dimensions != 2 && dimensions != 3) {
            throw new IllegalArgumentException(
                    "Rigid body modes exist for 2 or 3 dimensions, but the coordinates have " + dimensions + ".");
        }
        if (coordinates.length == 0 || coordinates.length % dimensions != 0) {
            throw new IllegalArgumentException("There are " + coordinates.length
                    + " coordinates, which is no positive multiple of " + dimensions + ".");
        }
        int nodes = coordinates.length / dimensions;
        // Rotations about the middle are nearly orthogonal to translations, which keeps the local bases accurate.
        double[] middle = new double[dimensions];
        for (int k = 0; k < coordinates.length; k++) {
            middle[k % dimensions] += coordinates[k] / nodes;
        }
        return rigidBodyModes(coordinates, middle);
    }

    /**
     * The same for a part of a body.
     *
     * @param coordinates (nodes x dimensions) of the part, row after row
     * @param middle the point about which all parts rotate, 2 or 3 coordinates
     */
    public static NearNullSpace rigidBodyModes(double[] coordinates, double[] middle) {
        int dimensions = middle.length;
        int nodes = coordinates.length / dimensions;
        int width = dimensions == 2 ? 3 : 6;
        double[] values = new double[Math.multiplyExact(coordinates.length, width)];
        for (int node = 0; node < nodes; node++) {
            double x = coordinates[node * dimensions] - middle[0];
            double y = coordinates[node * dimensions + 1] - middle[1];
            int at = node * dimensions * width;
            for (int d = 0; d < dimensions; d++) {
                values[at + d * width + d] = 1;
            }
            if (dimensions == 2) {
                values[at + 2] = -y;
                values[at + width + 2] = x;
                continue;
            }
            double z = coordinates[node * 3 + 2] - middle[2];
            values[at + 3] = -y;
            values[at + width + 3] = x;
            values[at + width + 4] = -z;
            values[at + 2 * width + 4] = y;
            values[at + 5] = z;
            values[at + 2 * width + 5] = -x;
        }
        return new NearNullSpace(coordinates.length, width, values);
    }

    /** Component {@code row} of vector {@code vector}. */
    public double get(int row, int vector) {
        return values[row * width + vector];
    }
}
