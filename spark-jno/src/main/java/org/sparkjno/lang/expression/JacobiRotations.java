// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.List;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of many small symmetric matrices {@code [count, n, n]}, by cyclic Jacobi
 * rotations: G. H. Golub, C. F. Van Loan, "Matrix computations", 4th ed., section 8.5. Derivatives are those of perturbation theory,
 * {@code dλᵢ = vᵢᵀ·dA·vᵢ} and {@code dvⱼ = Σᵢ vᵢ·(vᵢᵀ·dA·vⱼ)/(λⱼ − λᵢ)} over all i with another eigenvalue: finite also where two
 * come together and have no derivatives.
 */
final class JacobiRotations {
    private static final int SWEEPS = 7;
    /** Eigenvalues that differ less, relative to the largest, count as one, in units of the last place. */
    private static final double APART = 64;

    private JacobiRotations() {}

    /** Eigenvalues {@code [count, n]}, then eigenvectors as the columns of {@code [count, n, n]}. */
    static List<Value> of(Value a) {
        return CustomDerivatives.customJvp(
                "eigenvalues",
                List.of(a),
                x -> decomposed(x.get(0)),
                (x, y, dx) -> tangents(y.get(0), y.get(1), dx.get(0)));
    }

    private static List<Value> tangents(Value values, Value vectors, Value change) {
        Value rotated = product(transposed(vectors), product(change, vectors));
        Value row = values.broadcast(vectors.shape(), List.of(0, 2));
        Value column = values.broadcast(vectors.shape(), List.of(0, 1));
        Value gaps = row.minus(column);
        Value largest = values.apply(Primitive.ABS).max(1).times(APART * rounding(values));
        Value apart = largest.broadcast(gaps.shape(), List.of(0)).apply(Primitive.LT, gaps.apply(Primitive.ABS));
        Value quotients = apart.apply(
                Primitive.SELECT,
                rotated.div(apart.apply(Primitive.SELECT, gaps, Value.full(gaps.type(), 1))),
                Value.full(gaps.type(), 0));
        return List.of(rotated.times(unit(vectors)).sum(2), product(vectors, quotients));
    }

    private static double rounding(Value value) {
        return Math.ulp(1.0) * (value.dtype().bytes() == Double.BYTES ? 1 : Math.ulp(1f) / Math.ulp(1.0));
    }

    private static List<Value> decomposed(Value a) {
        int n = a.shape().dim(-1);
        Value unit = unit(a);
        if (n == 1) {
            return List.of(a.reshape(a.shape().dim(0), 1), unit);
        }
        int pairs = n * (n - 1) / 2;
        Value first = pairs(a, (p, q, matrix) -> matrix[p * n + p] = 1);
        Value second = pairs(a, (p, q, matrix) -> matrix[q * n + q] = 1);
        Value beside = pairs(a, (p, q, matrix) -> matrix[p * n + q] = 1);
        List<Value> ends = Recurrence.scan(
                        SWEEPS * pairs, List.of(a, unit), List.of(first, second, beside), (carries, chosen) -> {
                            Value turn = rotation(carries.get(0), chosen, unit);
                            Value turned = product(transposed(turn), product(carries.get(0), turn));
                            return new Recurrence.Step(List.of(turned, product(carries.get(1), turn)), List.of());
                        })
                .carries();
        return ordered(ends.get(0).times(unit).sum(2), ends.get(1));
    }

    /** The rotation that makes the chosen entry beside the diagonal zero. */
    private static Value rotation(Value a, List<Value> chosen, Value unit) {
        Value app = picked(a, chosen.get(0));
        Value aqq = picked(a, chosen.get(1));
        Value apq = picked(a, chosen.get(2));
        Value none = apq.apply(Primitive.EQ, Value.full(apq.type(), 0));
        Value one = Value.full(apq.type(), 1);
        Value ratio = aqq.minus(app).div(none.apply(Primitive.SELECT, one, apq.times(2)));
        Value size = ratio.apply(Primitive.ABS).plus(ratio.square().plus(1).sqrt());
        Value negative = ratio.apply(Primitive.LT, Value.full(ratio.type(), 0));
        Value tangent = negative.apply(Primitive.SELECT, one.negate(), one).div(size);
        tangent = none.apply(Primitive.SELECT, Value.full(apq.type(), 0), tangent);
        Value cosine = one.div(tangent.square().plus(1).sqrt());
        Value diagonal = chosen.get(0).plus(chosen.get(1));
        Value skew = chosen.get(2).minus(chosen.get(2).transpose(1, 0));
        return unit.plus(spread(cosine.minus(1), diagonal)).plus(spread(cosine.times(tangent), skew));
    }

    private static Value picked(Value a, Value entry) {
        return a.contract("gij,ij->g", entry);
    }

    private static Value spread(Value each, Value matrix) {
        return each.contract("g,ij->gij", matrix);
    }

    /** In ascending order; of equal eigenvalues the earlier one comes first. */
    private static List<Value> ordered(Value values, Value vectors) {
        int n = values.shape().dim(1);
        Value mine = values.broadcast(vectors.shape(), List.of(0, 1));
        Value others = values.broadcast(vectors.shape(), List.of(0, 2));
        TensorType square = vectors.type().with(Shape.of(n, n));
        Value earlier =
                Value.iota(square, 1).apply(Primitive.LT, Value.iota(square, 0)).broadcastTo(vectors.shape());
        Value before = others.apply(Primitive.LT, mine)
                .apply(Primitive.OR, others.apply(Primitive.EQ, mine).apply(Primitive.AND, earlier));
        Value places = before.cast(values.dtype()).sum(2).broadcast(vectors.shape(), List.of(0, 1));
        Value order = places.apply(Primitive.EQ, Value.iota(square, 1).broadcastTo(vectors.shape()))
                .cast(values.dtype());
        return List.of(values.contract("gi,gik->gk", order), product(vectors, order));
    }

    /** What a pair of axes writes into a matrix of zeros. */
    private interface Pick {
        void into(int p, int q, double[] matrix);
    }

    /** A matrix for each pair of axes, all pairs in turn and again in each sweep. */
    private static Value pairs(Value a, Pick pick) {
        int n = a.shape().dim(-1);
        int pairs = n * (n - 1) / 2;
        double[] all = new double[SWEEPS * pairs * n * n];
        int at = 0;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double[] matrix = new double[n * n];
                    pick.into(p, q, matrix);
                    System.arraycopy(matrix, 0, all, at, matrix.length);
                    at += matrix.length;
                }
            }
        }
        return Value.constant(Literal.of(a.type().with(Shape.of(SWEEPS * pairs, n, n)), all));
    }

    private static Value unit(Value like) {
        return SquareRoots.unit(like.dtype(), like.shape().dim(-1)).broadcastTo(like.shape());
    }

    private static Value product(Value a, Value b) {
        return a.contract("gij,gjk->gik", b);
    }

    private static Value transposed(Value a) {
        return a.transpose(0, 2, 1);
    }
}
