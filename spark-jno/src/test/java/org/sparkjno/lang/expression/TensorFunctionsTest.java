// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;

/** Vectors and matrices at two points, against plain arithmetic. */
class TensorFunctionsTest {
    private static final Offset<Double> ROUNDING = within(1e-13);
    private static final double[][] POINTS = {{1.5, -0.5}, {0.25, 2}};
    private static final Domain DOMAIN = Domain.points(POINTS);

    private final Expression x = DOMAIN.interior("x");
    private final Expression y = DOMAIN.interior("y");

    @Test
    void componentsAreTakenAndPutTogether() {
        Expression matrix = Expression.vector(Expression.vector(x, y), Expression.vector(y.times(2), x.times(3)));
        assertThat(matrix.space().components()).isEqualTo(Shape.of(2, 2));
        assertThat(PointValues.of(matrix.get(1, 0))).containsExactly(-1, 4);
        assertThat(PointValues.of(matrix.transpose().get(1))).containsExactly(-0.5, 4.5, 2, 0.75);
        assertThat(PointValues.of(matrix.reshape(4).slice(1, 3))).containsExactly(-0.5, -1, 2, 4);
        assertThat(PointValues.of(Expression.concatenate(x, matrix.get(0))))
                .containsExactly(1.5, 1.5, -0.5, 0.25, 0.25, 2);
        assertThat(PointValues.of(matrix.reshape(2, 1, 2).transpose(1, 2, 0).reshape(4)))
                .containsExactly(1.5, -1, -0.5, 4.5, 0.25, 4, 2, 0.75);
    }

    @Test
    void productsOfVectors() {
        Expression a = Expression.vector(x, y, x.plus(y));
        Expression b = Expression.vector(y, Expression.constant(2), x);
        assertThat(PointValues.of(a.dot(b))).containsExactly(-0.25, 5.0625);
        assertThat(PointValues.of(a.cross(b)))
                .containsExactly(new double[] {-2.75, -2.75, 2.75, -4, 4.4375, -3.5}, ROUNDING);
        assertThat(PointValues.of(a.slice(0, 2).cross(b.slice(0, 2))))
                .containsExactly(new double[] {2.75, -3.5}, ROUNDING);
        assertThat(PointValues.of(a.outer(b).get(2, 1))).containsExactly(2, 4.5);
        assertThat(PointValues.of(a.norm())[0]).isCloseTo(Math.sqrt(3.5), ROUNDING);
        Expression m = a.outer(b);
        assertThat(PointValues.of(m.matmul(a).get(0))).containsExactly(new double[] {-0.375, 1.265625}, ROUNDING);
        assertThat(PointValues.of(b.matmul(m).minus(a.dot(b).times(b)).norm()))
                .containsExactly(new double[] {0, 0}, ROUNDING);
        assertThat(PointValues.of(m.matmul(m).minus(m.times(a.dot(b))).norm()))
                .containsExactly(new double[] {0, 0}, ROUNDING);
        assertThat(PointValues.of(m.inner(m).sqrt().minus(a.norm().times(b.norm()))))
                .containsExactly(new double[] {0, 0}, ROUNDING);
        assertThat(PointValues.of(m.trace().minus(a.dot(b)))).containsExactly(new double[] {0, 0}, ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void inversesAndDeterminants(int n) {
        Expression a = matrix(n);
        double[] unit = new double[2 * n * n];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = i % (n * n) % (n + 1) == 0 ? 1 : 0;
        }
        assertThat(PointValues.of(a.matmul(a.inv()))).containsExactly(unit, ROUNDING);
        // The determinant of a product, and Jacobi's formula for its derivative.
        assertThat(PointValues.of(a.matmul(a).det().minus(a.det().square())))
                .containsExactly(new double[2], within(1e-10));
        Expression jacobi = a.det().times(a.inv().matmul(derivative(a, n)).trace());
        assertThat(PointValues.of(a.det().d(x).minus(jacobi))).containsExactly(new double[2], within(1e-10));
    }

    /** A matrix that is regular at both points. */
    private Expression matrix(int n) {
        return matrix(x, y, n);
    }

    private static Expression matrix(Expression x, Expression y, int n) {
        Expression[] rows = new Expression[n];
        for (int i = 0; i < n; i++) {
            Expression[] row = new Expression[n];
            for (int j = 0; j < n; j++) {
                Expression entry = x.times(i + 1).plus(y.times(j - i)).sin();
                row[j] = i == j ? entry.plus(3) : entry;
            }
            rows[i] = Expression.vector(row);
        }
        return Expression.vector(rows);
    }

    private Expression derivative(Expression a, int n) {
        return Expression.vector(Stream.iterate(0, i -> i < n, i -> i + 1)
                .map(i -> Expression.vector(Stream.iterate(0, j -> j < n, j -> j + 1)
                        .map(j -> a.get(i, j).d(x))
                        .toArray(Expression[]::new)))
                .toArray(Expression[]::new));
    }

    private static Stream<Arguments> differentiable() {
        return Stream.of(
                of("inverse", (x, y) -> matrix(x, y, 3).inv().get(2, 1)),
                of(
                        "plane eigenvalue",
                        (x, y) -> matrix(x, y, 2).sym().eigenvalues().get(0)),
                of(
                        "middle eigenvalue",
                        (x, y) -> matrix(x, y, 3).sym().eigenvalues().get(1)),
                of(
                        "largest eigenvalue",
                        (x, y) -> matrix(x, y, 3).sym().eigenvalues().get(2)),
                of(
                        "eigenvector",
                        (x, y) -> matrix(x, y, 3).sym().eigenvectors().get(0, 1).square()),
                of("square root", (x, y) -> matrix(x, y, 3).sqrtm().get(1, 2)),
                of("logarithm", (x, y) -> matrix(x, y, 3).logm().get(2, 0)),
                of(
                        "large logarithm",
                        (x, y) -> matrix(x, y, 4)
                                .sym()
                                .plus(Expression.matrix(unit(4)))
                                .logm()
                                .get(1, 3)),
                of("exponential", (x, y) -> matrix(x, y, 2).times(0.5).expm().get(0, 1)),
                of("von Mises", (x, y) -> matrix(x, y, 3).sym().vonMises()),
                of("invariant", (x, y) -> matrix(x, y, 3).invariants().get(1)),
                of(
                        "cross",
                        (x, y) -> matrix(x, y, 3)
                                .get(0)
                                .cross(matrix(x, y, 3).get(2))
                                .norm()),
                of("einsum", (x, y) -> matrix(x, y, 3).einsum("ij,jk,ki->", matrix(x, y, 3), matrix(y, x, 3))),
                of(
                        "shapes",
                        (x, y) -> Expression.concatenate(
                                        x, matrix(x, y, 2).reshape(4).slice(1, 4))
                                .norm()),
                of(
                        "complex",
                        (x, y) -> new Complex(x, y)
                                .exp()
                                .div(new Complex(y, x.plus(2)))
                                .arg()));
    }

    private static Arguments of(String name, BinaryOperator<Expression> function) {
        return Arguments.of(name, function);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiable")
    void derivativesAreThoseOfCentralDifferences(String name, BinaryOperator<Expression> function) {
        double h = 1e-5;
        double[] above = values(function, h);
        double[] here = values(function, 0);
        double[] below = values(function, -h);
        Expression f = function.apply(x, y);
        double[] slopes = PointValues.of(f.d(x));
        double[] curvatures = PointValues.of(f.d(x, x));
        for (int i = 0; i < here.length; i++) {
            double slope = (above[i] - below[i]) / (2 * h);
            assertThat(slopes[i]).as(name).isCloseTo(slope, within(1e-8 * (1 + Math.abs(slope))));
            double curvature = (above[i] - 2 * here[i] + below[i]) / (h * h);
            assertThat(curvatures[i]).as(name).isCloseTo(curvature, within(1e-4 * (1 + Math.abs(curvature))));
        }
    }

    private static double[] values(BinaryOperator<Expression> function, double shift) {
        double[][] shifted = Arrays.stream(POINTS)
                .map(point -> new double[] {point[0] + shift, point[1]})
                .toArray(double[][]::new);
        Domain domain = Domain.points(shifted);
        return PointValues.of(function.apply(domain.interior("x"), domain.interior("y")));
    }

    @Test
    void partsOfSquareMatrices() {
        Expression a = matrix(3);
        assertThat(PointValues.of(a.sym().plus(a.skew()).minus(a).norm())).containsExactly(new double[2], ROUNDING);
        assertThat(PointValues.of(a.skew().plus(a.skew().transpose()).norm())).containsExactly(new double[2], ROUNDING);
        assertThat(PointValues.of(a.deviator().trace())).containsExactly(new double[2], ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void eigenvaluesAreTheRootsOfTheCharacteristicPolynomial(int n) {
        Expression a = matrix(n).sym();
        Expression eigenvalues = a.eigenvalues();
        for (int k = 0; k < n; k++) {
            Expression shifted = a.minus(Expression.matrix(unit(n)).times(eigenvalues.get(k)));
            assertThat(PointValues.of(shifted.det())).containsExactly(new double[2], within(1e-12));
        }
        assertThat(PointValues.of(
                        eigenvalues.get(0).lessEqual(eigenvalues.get(n - 1)).indicator()))
                .containsExactly(1, 1);
        Expression multiple = Expression.matrix(unit(n)).times(x);
        assertThat(PointValues.of(multiple.eigenvalues().get(0))).containsExactly(1.5, 0.25);
    }

    private static double[][] unit(int n) {
        double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }

    @Test
    void exponentialsOfMatrices() {
        Expression zero = x.times(0);
        Expression rotation =
                Expression.vector(Expression.vector(zero, y.times(-3)), Expression.vector(y.times(3), zero));
        Expression expected = Expression.vector(
                y.times(3).cos(),
                y.times(-3).sin(),
                y.times(3).sin(),
                y.times(3).cos());
        assertThat(PointValues.of(rotation.expm().reshape(4).minus(expected).norm()))
                .containsExactly(new double[2], within(1e-12));
        // Jacobi: the determinant of an exponential is the exponential of the trace.
        Expression a = matrix(3);
        assertThat(PointValues.of(a.expm().det().div(a.trace().exp())))
                .containsExactly(new double[] {1, 1}, within(1e-9));
    }

    @Test
    void eigenvectorsAreOrthonormalDirections() {
        Expression a = matrix(4).sym();
        Expression v = a.eigenvectors();
        assertThat(PointValues.of(v.transpose()
                        .matmul(v)
                        .minus(Expression.matrix(unit(4)))
                        .norm()))
                .containsExactly(new double[2], ROUNDING);
        Expression turned = v.transpose().matmul(a).matmul(v);
        for (int i = 0; i < 4; i++) {
            assertThat(PointValues.of(turned.get(i, i).minus(a.eigenvalues().get(i))))
                    .containsExactly(new double[2], ROUNDING);
        }
        Expression together = Expression.matrix(unit(3))
                .plus(a.slice(0, 3).transpose().slice(0, 3).times(x.minus(x)));
        assertThat(PointValues.of(together.eigenvectors().get(0, 0).d(x))).doesNotContain(Double.NaN);
        assertThat(PointValues.of(together.eigenvalues().get(0).d(x, x))).doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void rootsAndLogarithmsUndoSquaresAndExponentials(int n) {
        Expression a = matrix(n);
        assertThat(PointValues.of(a.sqrtm().matmul(a.sqrtm()).minus(a).norm()))
                .containsExactly(new double[2], within(1e-12));
        assertThat(PointValues.of(a.logm().expm().minus(a).norm())).containsExactly(new double[2], within(1e-11));
        double[][] stretch = unit(n);
        stretch[0][0] = 1e6;
        stretch[n - 1][n - 1] = n == 1 ? 1e6 : 1e-3;
        Expression wide = Expression.matrix(stretch).times(x.times(0).plus(1));
        assertThat(PointValues.of(wide.logm().get(0, 0))[0]).isCloseTo(Math.log(1e6), within(1e-11));
        assertThat(PointValues.of(wide.sqrtm().get(n - 1, n - 1))[0])
                .isCloseTo(n == 1 ? 1e3 : Math.sqrt(1e-3), within(1e-10));
    }

    /** At x = 1.5 all eigenvalues are 1, and √(I + hS) = I + hS/2 − h²S²/8 + …, log(I + hS) = hS − h²S²/2 + … */
    @Test
    void equalEigenvaluesHaveDerivatives() {
        double[][] s = {{0.5, 1, -0.25}, {1, -0.75, 2}, {-0.25, 2, 1}};
        Expression slope = Expression.matrix(s);
        Expression a = Expression.matrix(unit(3)).plus(slope.times(x.minus(1.5)));
        double square = s[0][0] * s[0][1] + s[0][1] * s[1][1] + s[0][2] * s[2][1];
        assertThat(PointValues.of(a.sqrtm().get(0, 1).d(x))[0]).isCloseTo(s[0][1] / 2, ROUNDING);
        assertThat(PointValues.of(a.sqrtm().get(0, 1).d(x, x))[0]).isCloseTo(-square / 4, ROUNDING);
        assertThat(PointValues.of(a.logm().get(0, 1).d(x))[0]).isCloseTo(s[0][1], within(1e-12));
        assertThat(PointValues.of(a.logm().get(0, 1).d(x, x))[0]).isCloseTo(-square, within(1e-12));
    }

    @Test
    void rootsThatDoNotExistAreNoNumbers() {
        Expression negative = Expression.matrix(new double[][] {{-1, 0}, {0, 2}})
                .times(x.times(0).plus(1));
        Expression singular = Expression.matrix(new double[][] {{1, 1}, {1, 1}})
                .times(x.times(0).plus(1));
        assertThat(PointValues.of(negative.sqrtm().get(1, 1))).containsOnly(Double.NaN);
        assertThat(PointValues.of(negative.logm().get(0, 0))).containsOnly(Double.NaN);
        assertThat(PointValues.of(singular.sqrtm().get(0, 0))).containsOnly(Double.NaN);
        assertThatThrownBy(() -> Expression.vector(x, y).sqrtm()).hasMessageContaining("square matrix");
        assertThatThrownBy(() -> Expression.matrix(unit(5)).logm()).hasMessageContaining("up to 4 rows");
    }

    @Test
    void invariantsAndEquivalentStress() {
        double[][] stress = {{4, 1, 0.5}, {1, -2, 0.25}, {0.5, 0.25, 3}};
        Expression sigma = Expression.matrix(stress).times(x.into(1).times(x));
        double[] invariants = PointValues.of(sigma.invariants());
        assertThat(invariants[0]).isCloseTo(5, ROUNDING);
        assertThat(invariants[1]).isCloseTo(-8 + 12 - 6 - 1 - 0.25 - 0.0625, ROUNDING);
        double det = 4 * (-6 - 0.0625) - (3 - 0.125) + 0.5 * (0.25 + 1);
        assertThat(invariants[2]).isCloseTo(det, ROUNDING);
        double mises = Math.sqrt(0.5 * (36 + 25 + 1 + 6 * (1 + 0.25 + 0.0625)));
        assertThat(PointValues.of(sigma.vonMises())[1]).isCloseTo(mises, ROUNDING);
    }

    @Test
    void jacobiansHaveOneRowPerComponent() {
        Expression v = Expression.vector(x.times(y), x.square().plus(y));
        assertThat(PointValues.of(v.jacobian(x, y))).containsExactly(-0.5, 1.5, 3, 1, 2, 0.25, 0.5, 1);
        assertThatThrownBy(() -> x.jacobian(x)).hasMessageContaining("a scalar has a grad");
    }

    @Test
    void expressionsAreSerialisable() throws IOException, ClassNotFoundException {
        Expression written = Expression.vector(x.unit("km/h"), y)
                .reshape(2, 1)
                .transpose()
                .slice(0, 1)
                .norm();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(written);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Expression read = (Expression) in.readObject();
            assertThat(PointValues.of(read)).containsExactly(PointValues.of(written));
        }
    }

    @Test
    void complexNumbersArePairs() {
        Complex z = new Complex(x, y);
        Complex w = new Complex(y.times(2), x.minus(1));
        Complex product = z.times(w);
        assertThat(PointValues.of(product.re())).containsExactly(new double[] {-1.25, 2.5}, ROUNDING);
        assertThat(PointValues.of(product.im())).containsExactly(new double[] {1.25, 7.8125}, ROUNDING);
        assertThat(PointValues.of(product.div(w).minus(z).abs())).containsExactly(new double[2], ROUNDING);
        assertThat(PointValues.of(z.times(z.conjugate()).re().minus(z.absSquare())))
                .containsExactly(new double[2], ROUNDING);
        assertThat(PointValues.of(z.arg())[0]).isCloseTo(Math.atan2(-0.5, 1.5), ROUNDING);
        Complex wave = new Complex(Expression.constant(0), x.times(3)).exp();
        assertThat(PointValues.of(
                        wave.laplacian(x).plus(wave.times(9)).absSquare().mean()))
                .containsExactly(new double[1], ROUNDING);
        assertThat(Complex.of(z.vector()).re().toString()).isEqualTo("[0](vector(x, y))");
        assertThatThrownBy(() -> Complex.of(x))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("2 components");
    }

    @Test
    void misfitsAreNamedWhenWritten() {
        Expression vector = Expression.vector(x, y);
        Expression matrix = matrix(2);
        assertThatThrownBy(() -> vector.reshape(3))
                .hasMessageContaining("has 2 components")
                .hasMessageContaining("holds 3");
        assertThatThrownBy(() -> vector.slice(1, 3)).hasMessageContaining("no components from 1 to before 3");
        assertThatThrownBy(() -> matrix.transpose(0, 0)).hasMessageContaining("does not name each of the 2 axes");
        assertThatThrownBy(() -> Expression.concatenate(vector, matrix))
                .hasMessageContaining("cannot follow one another");
        assertThatThrownBy(vector::det).hasMessageContaining("square matrix");
        assertThatThrownBy(() -> matrix(5).inv()).hasMessageContaining("up to 4 rows");
        assertThatThrownBy(() -> vector.cross(Expression.vector(x, y, x)))
                .hasMessageContaining("two vectors of 2 or of 3");
        assertThatThrownBy(() -> matrix.matmul(Expression.vector(x, y, x))).hasMessageContaining("has extents 2 and 3");
        assertThatThrownBy(matrix::invariants).hasMessageContaining("3 rows");
        assertThatThrownBy(() -> vector.divergence(x)).hasMessageContaining("A divergence in 1 coordinates");
    }
}
