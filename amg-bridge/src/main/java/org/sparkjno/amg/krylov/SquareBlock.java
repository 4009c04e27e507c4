// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/**
 * The small dense matrices of block methods, one row and column per right-hand side.
 *
 * @param size rows and columns
 * @param values row after row
 */
record SquareBlock(int size, double[] values) {
    /** A pivot below this part of its diagonal is rounding: the column depends on those before it. */
    private static final double DEPENDENT = 1e-13;
    /** A pivot below this part of its diagonal, negative, is no rounding. */
    private static final double NEGATIVE = -1e-8;

    private double get(int i, int j) {
        return values[i * size + j];
    }

    SquareBlock times(SquareBlock other) {
        double[] product = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                for (int j = 0; j < size; j++) {
                    product[i * size + j] += get(i, k) * other.get(k, j);
                }
            }
        }
        return new SquareBlock(size, product);
    }

    SquareBlock transposed() {
        double[] transposed = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                transposed[j * size + i] = get(i, j);
            }
        }
        return new SquareBlock(size, transposed);
    }

    SquareBlock negated() {
        double[] negated = new double[size * size];
        for (int k = 0; k < negated.length; k++) {
            negated[k] = -values[k];
        }
        return new SquareBlock(size, negated);
    }

    /** Column j of Cᵀ times this times column j of C: the squared length of what C combines, for this as Gram matrix. */
    double quadratic(SquareBlock c, int j) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                sum += c.get(i, j) * get(i, k) * c.get(k, j);
            }
        }
        return sum;
    }

    /** Whether the diagonal is positive in every row where that of the other does not vanish. */
    boolean isPositiveOnSupportOf(SquareBlock other) {
        for (int k = 0; k < size; k++) {
            if (other.get(k, k) != 0 && !(get(k, k) > 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Factorises this Gram matrix of vectors: G = Sᵀ S with S upper triangular.
     *
     * @return the factor; the rows of vectors that depend on those before them are zero
     */
    Factor factor() {
        double[] s = new double[size * size];
        boolean definite = true;
        for (int k = 0; k < size; k++) {
            double pivot = get(k, k);
            for (int i = 0; i < k; i++) {
                pivot -= s[i * size + k] * s[i * size + k];
            }
            definite &= get(k, k) >= 0 && pivot >= NEGATIVE * get(k, k);
            if (pivot > DEPENDENT * get(k, k)) {
                double root = Math.sqrt(pivot);
                s[k * size + k] = root;
                for (int j = k + 1; j < size; j++) {
                    double sum = get(k, j);
                    for (int i = 0; i < k; i++) {
                        sum -= s[i * size + k] * s[i * size + j];
                    }
                    s[k * size + j] = sum / root;
                }
            }
        }
        return new Factor(new SquareBlock(size, s), definite);
    }

    /**
     * An upper triangular factor whose rows may vanish.
     *
     * @param upper S
     * @param definite whether no pivot was negative
     */
    record Factor(SquareBlock upper, boolean definite) {
        /** The inverse on the rows that do not vanish, zero in the others: X S⁺ is an orthonormal basis of X. */
        SquareBlock inverse() {
            int n = upper.size;
            double[] inverse = new double[n * n];
            for (int j = 0; j < n; j++) {
                if (upper.get(j, j) == 0) {
                    continue;
                }
                inverse[j * n + j] = 1 / upper.get(j, j);
                for (int i = j - 1; i >= 0; i--) {
                    double sum = 0;
                    for (int k = i + 1; k <= j; k++) {
                        // Columns of vectors left out take no part: their rows of the inverse are zero.
                        sum += upper.get(i, k) * inverse[k * n + j];
                    }
                    inverse[i * n + j] = upper.get(i, i) == 0 ? 0 : -sum / upper.get(i, i);
                }
            }
            return new SquareBlock(n, inverse);
        }

        /** The inverse of Sᵀ S on the rows that do not vanish. */
        SquareBlock gramInverse() {
            SquareBlock inverse = inverse();
            return inverse.times(inverse.transposed());
        }
    }
}
