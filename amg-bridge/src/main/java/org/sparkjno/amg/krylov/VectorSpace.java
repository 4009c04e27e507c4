// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The vector operations of Krylov methods on blocks of {@code width} vectors of {@code rows} local components, row after
 * row. Where rows are distributed, only {@link #sum}, {@link #dots} and {@link #grams} communicate, each with one
 * all-reduce; so the same method runs on one thread, on several and on the tasks of a cluster. Reductions have a fixed
 * order: the same input gives the same bits.
 */
public interface VectorSpace {
    /** Local components of each vector. */
    int rows();

    /** Number of vectors that are treated at once, each with scalars of its own. */
    int width();

    /** The space of as many rows and another number of vectors. */
    VectorSpace withWidth(int width);

    /** New vectors, all zero. */
    default double[] zeros() {
        return new double[Math.multiplyExact(rows(), width())];
    }

    /** The same scalar for every vector. */
    default double[] scalars(double value) {
        double[] scalars = new double[width()];
        Arrays.fill(scalars, value);
        return scalars;
    }

    /**
     * Sums over the processes that share the rows: what each of them found in its own rows becomes what all found.
     *
     * @param local any number of values, the same on every process; not kept
     * @return as many values, the same on every process
     */
    double[] sum(double[] local);

    /**
     * Inner products of pairs of blocks in one reduction: element {@code i} holds the {@code width} inner products of
     * each vector of {@code x.get(i)} with the same one of {@code y.get(i)}.
     */
    double[][] dots(List<double[]> x, List<double[]> y);

    /** The inner products of several blocks with one, in one reduction. */
    default double[][] dots(List<double[]> x, double[] y) {
        return dots(x, Collections.nCopies(x.size(), y));
    }

    /** The {@code width} inner products of each vector of x with the same one of y. */
    default double[] dot(double[] x, double[] y) {
        return dots(List.of(x), y)[0];
    }

    /**
     * Inner products of all vectors with all, in one reduction: element {@code i} holds the (width x width) matrix
     * {@code x.get(i)ᵀ y}, row after row.
     */
    double[][] grams(List<double[]> x, double[] y);

    /** y = y + alpha x with one alpha per vector. */
    void axpy(double[] alpha, double[] x, double[] y);

    /** y = x + beta y with one beta per vector. */
    void xpby(double[] x, double[] beta, double[] y);

    /** x = alpha x with one alpha per vector. */
    void scale(double[] alpha, double[] x);

    /** Y = Y + X C with a (width x width) matrix C, row after row. */
    void blockAxpy(double[] x, double[] c, double[] y);

    /** X = X C with a (width x width) matrix C, row after row. */
    void blockScale(double[] x, double[] c);

    /** y = y + Σ alpha_i x_i over the first {@code alpha.length} blocks. */
    default void combine(double[][] alpha, List<double[]> x, double[] y) {
        for (int i = 0; i < alpha.length; i++) {
            axpy(alpha[i], x.get(i), y);
        }
    }

    /** The Euclidean norms. */
    default double[] norm(double[] x) {
        double[] squares = dot(x, x);
        for (int j = 0; j < squares.length; j++) {
            squares[j] = Math.sqrt(squares[j]);
        }
        return squares;
    }

    /** Components drawn evenly from [-1, 1), the same in every vector of the block; they depend on seed and row alone. */
    double[] random(long seed);
}
