// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;

/** The vectors that a singular matrix maps to zero. Immutable. */
public sealed interface NullSpace permits ComponentNullSpace, SpannedNullSpace {
    /** Number of independent vectors. */
    int dimension();

    /**
     * Removes from every vector of a block its part in this null space: the orthogonal projection onto the complement.
     * One reduction.
     *
     * @param x (rows x width), overwritten
     */
    void removeFrom(double[] x, VectorSpace space);

    /** That of a nonsingular matrix. */
    static NullSpace none() {
        return new SpannedNullSpace(List.of());
    }

    /** The constants: pure Neumann or periodic problems on a connected domain. */
    static NullSpace constants(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return new ComponentNullSpace(new int[rows], 1, ones);
    }

    /** Constants on each connected component of a matrix, whose couplings count in both directions. */
    static NullSpace constantsPerComponent(CsrMatrix a) {
        Components components = Components.of(a);
        double[] ones = new double[a.rows()];
        Arrays.fill(ones, 1);
        return new ComponentNullSpace(components.label(), components.count(), ones);
    }

    /**
     * The span of given vectors, which are made orthonormal; those that depend on others are left out.
     *
     * @param space the space of a single vector
     * @throws IllegalArgumentException if a vector has the wrong length, is zero or not finite
     */
    static NullSpace spannedBy(VectorSpace space, List<double[]> vectors) {
        VectorSpace single = space.withWidth(1);
        List<double[]> basis = new ArrayList<>();
        for (int k = 0; k < vectors.size(); k++) {
            double[] vector = vectors.get(k).clone();
            if (vector.length != single.rows()) {
                throw new IllegalArgumentException("Null vector " + k + " has " + vector.length
                        + " components, but the matrix has " + single.rows() + " rows.");
            }
            double norm = single.norm(vector)[0];
            if (!(norm > 0 && Double.isFinite(norm))) {
                throw new IllegalArgumentException("Null vector " + k + " has the norm " + norm + ".");
            }
            SpannedNullSpace.append(basis, vector, norm, single);
        }
        return new SpannedNullSpace(basis);
    }
}
