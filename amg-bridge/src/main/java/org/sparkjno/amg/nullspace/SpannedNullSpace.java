// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.List;
import org.sparkjno.amg.krylov.VectorSpace;

/**
 * The span of an orthonormal basis.
 *
 * @param basis orthonormal, may be empty
 */
record SpannedNullSpace(List<double[]> basis) implements NullSpace {
    /** A vector of which the basis leaves less than this part depends on it. */
    private static final double DEPENDENT = 1e-10;

    SpannedNullSpace {
        basis = List.copyOf(basis);
    }

    /** Gram-Schmidt, twice against cancellation. */
    static void append(List<double[]> basis, double[] vector, double norm, VectorSpace single) {
        SpannedNullSpace before = new SpannedNullSpace(basis);
        before.removeFrom(vector, single);
        before.removeFrom(vector, single);
        double rest = single.norm(vector)[0];
        if (rest > DEPENDENT * norm) {
            single.scale(new double[] {1 / rest}, vector);
            basis.add(vector);
        }
    }

    @Override
    public int dimension() {
        return basis.size();
    }

    @Override
    public void removeFrom(double[] x, VectorSpace space) {
        if (basis.isEmpty()) {
            return;
        }
        int width = space.width();
        double[] local = new double[basis.size() * width];
        for (int k = 0; k < basis.size(); k++) {
            double[] vector = basis.get(k);
            for (int i = 0; i < vector.length; i++) {
                for (int j = 0; j < width; j++) {
                    local[k * width + j] += vector[i] * x[i * width + j];
                }
            }
        }
        double[] weights = space.sum(local);
        for (int k = 0; k < basis.size(); k++) {
            double[] vector = basis.get(k);
            for (int i = 0; i < vector.length; i++) {
                for (int j = 0; j < width; j++) {
                    x[i * width + j] -= weights[k * width + j] * vector[i];
                }
            }
        }
    }

    @Override
    public String toString() {
        return "null space of dimension " + dimension();
    }
}
