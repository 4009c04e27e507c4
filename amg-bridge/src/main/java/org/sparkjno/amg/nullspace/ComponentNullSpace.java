// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import org.sparkjno.amg.krylov.VectorSpace;

/**
 * One vector per connected component, zero on the others: orthogonal by itself, so one label and one number per row
 * suffice for any number of components.
 *
 * @param component label of every row, 0 to {@code count - 1}, or {@link #NONE}
 * @param count number of components (over all processes that share the rows)
 * @param values the vectors, side by side in one
 */
record ComponentNullSpace(int[] component, int count, double[] values) implements NullSpace {
    /** Label of a row that takes no part. */
    static final int NONE = -1;

    @Override
    public int dimension() {
        return count;
    }

    @Override
    public void removeFrom(double[] x, VectorSpace space) {
        int width = space.width();
        int stride = width + 1;
        // Per component the products with the vectors of x, then the square of its own.
        double[] local = new double[count * stride];
        for (int i = 0; i < component.length; i++) {
            if (component[i] != NONE) {
                int at = component[i] * stride;
                for (int j = 0; j < width; j++) {
                    local[at + j] += values[i] * x[i * width + j];
                }
                local[at + width] += values[i] * values[i];
            }
        }
        double[] sums = space.sum(local);
        for (int i = 0; i < component.length; i++) {
            if (component[i] != NONE) {
                int at = component[i] * stride;
                double factor = values[i] / sums[at + width];
                for (int j = 0; j < width; j++) {
                    x[i * width + j] -= factor * sums[at + j];
                }
            }
        }
    }

    @Override
    public String toString() {
        return count == 1 ? "constants" : "null space of one vector on each of " + count + " components";
    }
}
