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

    /** Component {@code row} of vector {@code vector}. */
    public double get(int row, int vector) {
        return values[row * width + vector];
    }
}
