// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;

/** Functions of small matrices, most of them written in their entries. */
final class Matrices {
    private static final Cofactors<Expression> COFACTORS =
            new Cofactors<>(Expression::plus, Expression::minus, Expression::times);
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

    private static List<List<Expression>> entries(Expression a, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> IntStream.range(0, n).mapToObj(j -> a.get(i, j)).toList())
                .toList();
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
        return COFACTORS.determinant(entries(a, size("A determinant", a, LARGEST)));
    }

    static Expression inverse(Expression matrix) {
        int n = size("An inverse", matrix, LARGEST);
        List<List<Expression>> a = entries(matrix, n);
        if (n == 1) {
            return matrix.into(1);
        }
        Expression determinant = COFACTORS.determinant(a);
        Expression[][] inverse = new Expression[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Expression minor = COFACTORS.minor(a, j, i);
                inverse[i][j] = ((i + j) % 2 == 0 ? minor : minor.negate()).div(determinant);
            }
        }
        return matrix(inverse);
    }

    /** Eigenvalues as the first row, eigenvectors as the others, of the symmetric matrix with this upper triangle. */
    static Expression eigensystem(Expression a) {
        int n = size("An eigenvalue", a);
        double[][] upper = new double[n][n];
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                upper[i][j] = i <= j ? 1 : 0;
                lower[i][j] = i > j ? 1 : 0;
            }
        }
        Expression symmetric =
                a.times(Expression.matrix(upper)).plus(a.transpose().times(Expression.matrix(lower)));
        return Expression.of(new Term.Components(new MatrixFunction.Eigensystem()), symmetric);
    }

    static Expression squareRoot(Expression a) {
        size("A square root", a, LARGEST);
        return Expression.of(new Term.Components(new MatrixFunction.Root()), a);
    }

    static Expression logarithm(Expression a) {
        size("A logarithm", a, LARGEST);
        return Expression.of(new Term.Components(new MatrixFunction.Logarithm()), a);
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
