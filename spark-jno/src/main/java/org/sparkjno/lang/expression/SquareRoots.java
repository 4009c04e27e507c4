// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Principal square roots and logarithms of many small matrices {@code [count, n, n]}. All steps are rational functions of the
 * entries, so that derivatives of every order are those of the functions, also where eigenvalues come together. Where there is no
 * principal root (singular matrices, and eigenvalues below zero) results are NaN.
 */
final class SquareRoots {
    /** Steps for eigenvalues whose ratio to their geometric mean lies between 10⁻⁶ and 10⁶; each of the first takes a factor of 4. */
    private static final int STEPS = 18;
    /** Of the quadrature of a logarithm: for the same range an error of 10⁻¹². */
    private static final int NODES = 40;
    /** How far from the unit matrix an iteration may end. */
    private static final double CONVERGED = 1e-3;

    private static final Cofactors<Value> COFACTORS = new Cofactors<>(Value::plus, Value::minus, Value::times);

    private final int count;
    private final int n;
    private final Value unit;

    private SquareRoots(TensorType type) {
        this.count = type.shape().dim(0);
        this.n = type.shape().dim(-1);
        this.unit = unit(type.dtype(), n).broadcastTo(type.shape());
    }

    /** The unit matrix. */
    static Value unit(DType dtype, int n) {
        double[] elements = new double[n * n];
        for (int i = 0; i < n; i++) {
            elements[i * n + i] = 1;
        }
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(n, n)), elements));
    }

    /** Principal square roots. */
    static Value root(Value a) {
        SquareRoots roots = new SquareRoots(a.type());
        Value size = roots.size(a);
        return roots.convergedRoot(a.div(size)).times(size.sqrt());
    }

    /**
     * Principal logarithms 4·log √√A, by Gauss' quadrature of {@code log X = ∫₀¹ (X − I)·(I + t(X − I))⁻¹ dt}, which is the Padé
     * approximant [m/m]: L. Dieci, B. Morini, A. Papini, "Computational techniques for real logarithms of matrices", SIAM J. Matrix
     * Anal. Appl. 17, 1996.
     */
    static Value logarithm(Value a) {
        SquareRoots roots = new SquareRoots(a.type());
        Value size = roots.size(a);
        Value y = roots.convergedRoot(roots.convergedRoot(a.div(size))).minus(roots.unit);
        GaussLegendre rule = GaussLegendre.of(NODES);
        Value nodes = vector(a.dtype(), rule.nodes());
        Value weights = vector(a.dtype(), rule.weights());
        TensorType each = a.type().with(Shape.of(roots.count * NODES, roots.n, roots.n));
        SquareRoots all = new SquareRoots(each);
        Value resolvents =
                all.inverse(all.unit.plus(y.contract("gij,t->gtij", nodes).reshape(each.shape())));
        Value sum = resolvents.reshape(roots.count, NODES, roots.n, roots.n).contract("gtij,t->gij", weights);
        return product(y, sum).times(4).plus(roots.unit.times(size.apply(Primitive.LOG)));
    }

    private static Value vector(DType dtype, double... elements) {
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(elements.length)), elements));
    }

    /** The geometric mean of the eigenvalues' moduli, everywhere in a matrix; results do not depend on it. */
    private Value size(Value a) {
        Value determinant = COFACTORS.determinant(entries(a)).apply(Primitive.ABS);
        Value size = determinant.apply(Primitive.LOG).times(1.0 / n).exp();
        return CustomDerivatives.stopGradient(size).broadcast(a.shape(), List.of(0));
    }

    /** The product form of the Denman-Beavers iteration: N. J. Higham, "Functions of matrices", SIAM 2008, equation 6.29. */
    private Value convergedRoot(Value a) {
        List<Value> ends = Recurrence.scan(STEPS, List.of(a, a), List.of(), (carries, none) -> {
                    Value m = carries.get(0);
                    Value inverse = inverse(m);
                    Value next = unit.plus(m.plus(inverse).times(0.5)).times(0.5);
                    Value x = product(carries.get(1), unit.plus(inverse)).times(0.5);
                    return new Recurrence.Step(List.of(next, x), List.of());
                })
                .carries();
        Value rest = ends.get(0).minus(unit).apply(Primitive.ABS).max(1, 2);
        Value converged =
                rest.apply(Primitive.LT, Value.full(rest.type(), CONVERGED)).broadcast(a.shape(), List.of(0));
        return converged.apply(Primitive.SELECT, ends.get(1), Value.full(a.type(), Double.NaN));
    }

    private static Value product(Value a, Value b) {
        return a.contract("gij,gjk->gik", b);
    }

    private List<List<Value>> entries(Value a) {
        Value flat = a.reshape(count, n * n);
        return IntStream.range(0, n)
                .mapToObj(i -> IntStream.range(0, n)
                        .mapToObj(j -> flat.slice(1, i * n + j, i * n + j + 1).reshape(count))
                        .toList())
                .toList();
    }

    private Value inverse(Value a) {
        List<List<Value>> rows = entries(a);
        Value determinant = COFACTORS.determinant(rows);
        List<Value> inverse = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Value minor = n == 1 ? Value.full(determinant.type(), 1) : COFACTORS.minor(rows, j, i);
                inverse.add(((i + j) % 2 == 0 ? minor : minor.negate()).div(determinant));
            }
        }
        return Value.stack(1, inverse).reshape(a.shape());
    }
}
