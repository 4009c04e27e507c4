// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The singular value decomposition Σₖ sₖ·uₖ·vₖᵀ of a small dense matrix, by one-sided Jacobi rotations: M. R. Hestenes,
 * "Inversion of matrices by biorthogonalization", 1958; G. H. Golub, C. F. Van Loan, "Matrix computations", 4th ed.,
 * section 8.6.3.
 *
 * @param values sₖ, decreasing
 * @param u left vectors, each of unit length or, where sₖ is 0, zero
 * @param v right vectors, likewise
 */
record SingularValues(double[] values, double[][] u, double[][] v) {
    private static final int MOST_SWEEPS = 60;

    /**
     * Decomposes a matrix.
     *
     * @param matrix row-major
     */
    static SingularValues of(double[] matrix, int rows, int columns) {
        boolean wide = columns > rows;
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] w = new double[count][length];
        double[][] t = new double[count][count];
        for (int k = 0; k < count; k++) {
            t[k][k] = 1;
            for (int i = 0; i < length; i++) {
                w[k][i] = wide ? matrix[k * columns + i] : matrix[i * columns + k];
            }
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < count; p++) {
                for (int q = p + 1; q < count; q++) {
                    rotated |= orthogonalise(w[p], w[q], t[p], t[q]);
                }
            }
        }
        double[] norms = new double[count];
        for (int k = 0; k < count; k++) {
            norms[k] = Math.sqrt(dot(w[k], w[k]));
            for (int i = 0; i < length && norms[k] > 0; i++) {
                w[k][i] /= norms[k];
            }
        }
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -norms[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = IntStream.of(order).mapToDouble(k -> norms[k]).toArray();
        double[][] longer = IntStream.of(order).mapToObj(k -> w[k]).toArray(double[][]::new);
        double[][] shorter = IntStream.of(order).mapToObj(k -> t[k]).toArray(double[][]::new);
        return wide ? new SingularValues(values, shorter, longer) : new SingularValues(values, longer, shorter);
    }

    /** Rotates two vectors so that they are orthogonal, and with them two of the other side. */
    private static boolean orthogonalise(double[] a, double[] b, double[] s, double[] t) {
        double aa = dot(a, a);
        double bb = dot(b, b);
        double ab = dot(a, b);
        if (Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb)) {
            return false;
        }
        double zeta = (bb - aa) / (2 * ab);
        double tan = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cos = 1 / Math.sqrt(1 + tan * tan);
        rotate(a, b, cos, cos * tan);
        rotate(s, t, cos, cos * tan);
        return true;
    }

    private static void rotate(double[] a, double[] b, double cos, double sin) {
        for (int i = 0; i < a.length; i++) {
            double x = a[i];
            a[i] = cos * x - sin * b[i];
            b[i] = sin * x + cos * b[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Some left vectors, each times a function of its singular value, as columns: {@code [rows, count]}. */
    double[] left(int from, int count, DoubleUnaryOperator factor) {
        int rows = u[0].length;
        double[] matrix = new double[rows * count];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < rows; i++) {
                matrix[i * count + k] = factor.applyAsDouble(values[from + k]) * u[from + k][i];
            }
        }
        return matrix;
    }

    /** Some right vectors, each times a function of its singular value, as rows: {@code [count, columns]}. */
    double[] right(int from, int count, DoubleUnaryOperator factor) {
        int columns = v[0].length;
        double[] matrix = new double[count * columns];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < columns; i++) {
                matrix[k * columns + i] = factor.applyAsDouble(values[from + k]) * v[from + k][i];
            }
        }
        return matrix;
    }
}
