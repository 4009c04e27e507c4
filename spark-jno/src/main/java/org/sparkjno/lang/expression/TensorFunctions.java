// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;

/** The functions of vectors, matrices and tensors, at every point alike: what NumPy does along the last axes. */
public sealed interface TensorFunctions permits Expression {
    private Expression self() {
        return (Expression) this;
    }

    private Expression apply(PointFunction function) {
        return Expression.of(new Term.Components(function), self());
    }

    // Parts and shapes

    /** Entry i along the first axis of components, from 0: a component of a vector, a row of a matrix. */
    default Expression get(int i) {
        return apply(new VectorFunction.Component(i));
    }

    /** Entry (i, j) of a matrix, from 0. */
    default Expression get(int i, int j) {
        return get(i).get(j);
    }

    /** The entries {@code from ≤ i < to} along the first axis of components. */
    default Expression slice(int from, int to) {
        return apply(new ShapeFunction.Slice(from, to));
    }

    /** The same components, row-major, in another shape; {@code reshape()} makes a scalar of a single one. */
    default Expression reshape(int... shape) {
        return apply(new ShapeFunction.Reshape(Shape.of(shape)));
    }

    /** With the axes of components in opposite order: the transposed matrix. */
    default Expression transpose() {
        int rank = self().space().components().rank();
        return transpose(IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    }

    /** With axis {@code permutation[i]} of the components as axis i. */
    default Expression transpose(int... permutation) {
        return apply(
                new ShapeFunction.Transpose(Arrays.stream(permutation).boxed().toList()));
    }

    // Products

    /** Sums of products of components in index notation, as {@code a.einsum("ij,j->i", b)}. */
    default Expression einsum(String notation, Expression... others) {
        List<Expression> all = new ArrayList<>(List.of(self()));
        Collections.addAll(all, others);
        return Expression.of(new Term.Components(new VectorFunction.Einsum(notation)), all);
    }

    /** Scalar product of two vectors. */
    default Expression dot(Expression other) {
        return einsum("i,i->", other);
    }

    /** The sum of the products of all components, {@code a : b} for matrices; both have one shape. */
    default Expression inner(Expression other) {
        String indices = "ijklmnop".substring(0, self().space().components().rank());
        return einsum(indices + "," + indices + "->", other);
    }

    /** The matrix {@code aᵢ·bⱼ} of two vectors. */
    default Expression outer(Expression other) {
        return einsum("i,j->ij", other);
    }

    /** The product of a matrix or vector with a matrix or vector. */
    default Expression matmul(Expression other) {
        boolean matrix = self().space().components().rank() == 2;
        boolean byMatrix = other.space().components().rank() == 2;
        return einsum(
                (matrix ? "ij" : "j") + (byMatrix ? ",jk->" : ",j->") + (matrix ? "i" : "") + (byMatrix ? "k" : ""),
                other);
    }

    /** The vector product in space, or its third component for vectors in the plane. */
    default Expression cross(Expression other) {
        return Matrices.cross(self(), other);
    }

    /** The square root of the sum of the squares of all components; its derivative does not exist where that is 0. */
    default Expression norm() {
        return inner(self()).sqrt();
    }

    // Square matrices

    /** The sum of the diagonal. */
    default Expression trace() {
        Matrices.size("A trace", self());
        return einsum("ii->");
    }

    /** The symmetric part {@code (A + Aᵀ)/2}. */
    default Expression sym() {
        Matrices.size("A symmetric part", self());
        return self().plus(transpose()).times(0.5);
    }

    /** The antisymmetric part {@code (A − Aᵀ)/2}. */
    default Expression skew() {
        Matrices.size("An antisymmetric part", self());
        return self().minus(transpose()).times(0.5);
    }

    /** The deviatoric part {@code A − tr(A)/n·I}. */
    default Expression deviator() {
        return Matrices.deviator(self());
    }

    /** The determinant, for up to 4 rows. */
    default Expression det() {
        return Matrices.determinant(self());
    }

    /** The inverse, for up to 4 rows, by cofactors; infinite or NaN where the determinant is 0. */
    default Expression inv() {
        return Matrices.inverse(self());
    }

    /**
     * The exponential eᴬ, by a Taylor polynomial of A/64 of degree 12 and six squarings: C. Moler, C. Van Loan, "Nineteen dubious ways to
     * compute the exponential of a matrix", SIAM Review 20 (1978), method 3. For matrices of a norm up to about 16.
     */
    default Expression expm() {
        return Matrices.exponential(self());
    }

    /**
     * The principal square root, for up to 4 rows, by the Denman-Beavers iteration: N. J. Higham, "Functions of matrices", SIAM 2008,
     * section 6.3. It has all derivatives, also where eigenvalues come together. NaN, as of a negative number, where the matrix is
     * singular or an eigenvalue is real and negative. Eigenvalues should lie within 10⁶ of their geometric mean.
     */
    default Expression sqrtm() {
        return Matrices.squareRoot(self());
    }

    /**
     * The principal logarithm, for up to 4 rows, by two square roots and a quadrature: L. Dieci, B. Morini, A. Papini, SIAM J.
     * Matrix Anal. Appl. 17, 1996. As {@link #sqrtm} in all else.
     */
    default Expression logm() {
        return Matrices.logarithm(self());
    }

    /**
     * The eigenvalues, ascending, of a symmetric matrix (the lower triangle is not read), by Jacobi rotations: G. H. Golub, C. F. Van
     * Loan, "Matrix computations", 4th ed., section 8.5. Where two come together there is no derivative; it is given as if they
     * stayed apart, and finite.
     */
    default Expression eigenvalues() {
        return Matrices.eigensystem(self()).get(0);
    }

    /**
     * The orthonormal eigenvectors of a symmetric matrix as columns, in the order of {@link #eigenvalues}; their signs have no meaning.
     */
    default Expression eigenvectors() {
        Expression system = Matrices.eigensystem(self());
        return system.slice(1, system.space().components().dim(0)).transpose();
    }

    /** The principal invariants I₁ = tr A, I₂ = (tr² A − tr A²)/2 and I₃ = det A of a matrix of 3 rows, as a vector. */
    default Expression invariants() {
        return Matrices.invariants(self());
    }

    /** The equivalent stress {@code √(3/2 s:s)} of R. von Mises (1913), s being the deviator of a stress of 3 rows. */
    default Expression vonMises() {
        Expression deviator = deviator();
        return deviator.inner(deviator).times(1.5).sqrt();
    }
}
