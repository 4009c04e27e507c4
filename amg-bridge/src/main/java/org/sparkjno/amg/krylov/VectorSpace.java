// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.List;

/**
 * The vector operations of Krylov methods on blocks of {@code width} vectors of {@code rows} local components, row after
 * row. Where rows are distributed, only {@link #dot} communicates; so the same method runs on one thread, on several and
 * on the tasks of a cluster. Reductions have a fixed order: the same input gives the same bits.
 */
public interface VectorSpace {
    /** Local components of each vector. */
    int rows();

    /** Number of vectors that are treated at once, each with scalars of its own. */
    int width();

    /** New vectors, all zero. */
    default double[] zeros() {
        return new double[Math.multiplyExact(rows(), width())];
    }

    /**
     * The inner products of each vector of x with the same one of y.
     *
     * @return {@code width} values
     */
    double[] dot(double[] x, double[] y);

    /**
     * All inner products between two lists of vectors in one reduction, for methods that orthogonalise: element {@code i}
     * holds {@code dot(x.get(i), y)}.
     */
    double[][] dots(List<double[]> x, double[] y);

    /** y = y + alpha x with one alpha per vector. */
    void axpy(double[] alpha, double[] x, double[] y);

    /** y = x + beta y with one beta per vector. */
    void xpby(double[] x, double[] beta, double[] y);

    /** x = alpha x with one alpha per vector. */
    void scale(double[] alpha, double[] x);

    /** The Euclidean norms. */
    default double[] norm(double[] x) {
        double[] squares = dot(x, x);
        for (int j = 0; j < squares.length; j++) {
            squares[j] = Math.sqrt(squares[j]);
        }
        return squares;
    }
}
