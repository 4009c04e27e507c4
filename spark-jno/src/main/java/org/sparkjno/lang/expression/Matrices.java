// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;

/** Closed formulas for small matrices, written in their entries. */
final class Matrices {
    private static final int LARGEST = 4;
    private static final int SQUARINGS = 6;
    private static final int DEGREE = 12;

    private Matrices() {}

    /** Rows of a square matrix. */
    static int size(String what, Expression a) {
        Shape shape = a.space().components();
        if (shape.rank() != 2 || shape.dim(0) != shape.dim(1)) {
            throw new ExpressionException(what + " is one of a square matrix, but '" + a + "' has values of shape "
                    + shape + "; put rows together by vector(vector(…), vector(…)).");
        }
        return shape.dim(0);
    }

    private static int size(String what, Expression a, int largest) {
        int n = size(what, a);
        if (n > largest) {
            throw new ExpressionException(what + " is written out for up to " + largest + " rows, but '" + a + "' has "
                    + n + "; for more, put the matrix into a solve.");
        }
        return n;
    }

    private static Expression[][] entries(Expression a, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> IntStream.range(0, n).mapToObj(j -> a.get(i, j)).toArray(Expression[]::new))
                .toArray(Expression[][]::new);
    }

    private static Expression matrix(Expression[][] entries) {
        return Expression.vector(Arrays.stream(entries).map(Expression::vector).toArray(Expression[]::new));
    }

    static Expression cross(Expression a, Expression b) {
        Shape shape = a.space().components();
        if (!shape.equals(b.space().components()) || !shape.equals(Shape.of(2)) && !shape.equals(Shape.of(3))) {
            throw new ExpressionException("A vector product takes two vectors of 2 or of 3 components, but got shapes "
                    + shape + " and " + b.space().components() + ".");
        }
        if (shape.dim(0) == 2) {
            return minor(a, b, 0, 1);
        }
        return Expression.vector(minor(a, b, 1, 2), minor(a, b, 2, 0), minor(a, b, 0, 1));
    }

    /** {@code aᵢ·bⱼ − aⱼ·bᵢ}. */
    private static Expression minor(Expression a, Expression b, int i, int j) {
        return a.get(i).times(b.get(j)).minus(a.get(j).times(b.get(i)));
    }

    private static Expression unit(int n) {
        double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            unit[i][i] = 1;
        }
        return Expression.matrix(unit);
    }

    static Expression deviator(Expression a) {
        int n = size("A deviator", a);
        return a.minus(unit(n).times(a.trace().div(n)));
    }

    static Expression exponential(Expression a) {
        Expression unit = unit(size("An exponential", a));
        Expression small = a.times(1.0 / (1 << SQUARINGS));
        Expression sum = unit;
        for (int k = DEGREE; k >= 1; k--) {
            sum = unit.plus(small.matmul(sum).times(1.0 / k));
        }
        for (int i = 0; i < SQUARINGS; i++) {
            sum = sum.matmul(sum);
        }
        return sum;
    }

    static Expression determinant(Expression a) {
        return determinant(entries(a, size("A determinant", a, LARGEST)));
    }

    /** Expanded along the first row, P.-S. Laplace (1772). */
    private static Expression determinant(Expression[][] a) {
        if (a.length == 1) {
            return a[0][0];
        }
        Expression sum = null;
        for (int j = 0; j < a.length; j++) {
            Expression term = a[0][j].times(determinant(without(a, 0, j)));
            sum = sum == null ? term : j % 2 == 0 ? sum.plus(term) : sum.minus(term);
        }
        return sum;
    }

    private static Expression[][] without(Expression[][] a, int row, int column) {
        return IntStream.range(0, a.length)
                .filter(i -> i != row)
                .mapToObj(i -> IntStream.range(0, a.length)
                        .filter(j -> j != column)
                        .mapToObj(j -> a[i][j])
                        .toArray(Expression[]::new))
                .toArray(Expression[][]::new);
    }

    static Expression inverse(Expression matrix) {
        int n = size("An inverse", matrix, LARGEST);
        Expression[][] a = entries(matrix, n);
        if (n == 1) {
            return matrix.into(1);
        }
        Expression determinant = determinant(a);
        Expression[][] inverse = new Expression[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Expression cofactor = determinant(without(a, j, i));
                inverse[i][j] = ((i + j) % 2 == 0 ? cofactor : cofactor.negate()).div(determinant);
            }
        }
        return matrix(inverse);
    }

    static Expression symmetricEigenvalues(Expression a) {
        int n = size("Eigenvalues in closed form", a, 3);
        return switch (n) {
            case 1 -> a.get(0);
            case 2 -> ofPlane(a);
            default -> ofSpace(a);
        };
    }

    private static Expression ofPlane(Expression a) {
        Expression mean = a.get(0, 0).plus(a.get(1, 1)).times(0.5);
        Expression half = a.get(0, 0).minus(a.get(1, 1)).times(0.5);
        Expression radius = half.square().plus(a.get(0, 1).square()).sqrt();
        return Expression.vector(mean.minus(radius), mean.plus(radius));
    }

    /** The roots {@code q + 2p cos(φ + 2πk/3)}; a multiple of the unit matrix has p = 0, where φ does not matter. */
    private static Expression ofSpace(Expression a) {
        Expression q = a.trace().times(1.0 / 3);
        Expression x = a.get(0, 0).minus(q);
        Expression y = a.get(1, 1).minus(q);
        Expression z = a.get(2, 2).minus(q);
        Expression xy = a.get(0, 1);
        Expression xz = a.get(0, 2);
        Expression yz = a.get(1, 2);
        Expression off = xy.square().plus(xz.square()).plus(yz.square());
        Expression square =
                x.square().plus(y.square()).plus(z.square()).plus(off.times(2)).times(1.0 / 6);
        Expression spread = square.greater(0);
        Expression p = Expression.where(spread, square, Expression.constant(1)).sqrt();
        Expression determinant = determinant(new Expression[][] {{x, xy, xz}, {xy, y, yz}, {xz, yz, z}});
        Expression angle =
                determinant.div(p.power(3)).times(0.5).clip(-1, 1).acos().times(1.0 / 3);
        Expression radius = Expression.where(spread, p, Expression.constant(0)).times(2);
        Expression largest = q.plus(radius.times(angle.cos()));
        Expression smallest = q.plus(radius.times(angle.plus(2 * Math.PI / 3).cos()));
        return Expression.vector(smallest, q.times(3).minus(largest).minus(smallest), largest);
    }

    static Expression invariants(Expression a) {
        if (size("Principal invariants", a) != 3) {
            throw new ExpressionException("Principal invariants are those of a matrix of 3 rows, but '" + a
                    + "' has values of shape " + a.space().components() + "; use trace() and det().");
        }
        Expression first = a.trace();
        Expression second = first.square().minus(a.einsum("ij,ji->", a)).times(0.5);
        return Expression.vector(first, second, determinant(a));
    }
}
