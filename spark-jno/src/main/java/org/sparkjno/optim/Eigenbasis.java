// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Follows the eigenvectors of a symmetric matrix that changes slowly, by orthogonal iteration (G. H. Golub, C. F. Van Loan, "Matrix
 * computations", 4th ed., section 8.2.4): S times the old basis, orthonormalised column after column by Gram-Schmidt, each
 * twice (L. Giraud, J. Langou, M. Rozložník, 2005: twice is enough). One iteration is divided into phases, one per step of the optimiser.
 *
 * @param extent of the matrix
 * @param offset of its elements among those of all matrices
 * @param phases into which one iteration is divided
 */
record Eigenbasis(int extent, int offset, int phases) {
    /** Of the mean eigenvalue; added to all, so that no column of S·Q vanishes where S has lost its rank. */
    private static final double SHIFT = 1e-4;

    /** Keeps quotients of zeros finite; far below the squares of any gradient that matters. */
    private static final double TINY = 1e-30;

    int end() {
        return offset + extent * extent;
    }

    /** This matrix among all. */
    Value matrix(Value all) {
        return all.slice(0, offset, end()).reshape(extent, extent);
    }

    Value identity(DType dtype) {
        double[] elements = new double[extent * extent];
        for (int i = 0; i < extent; i++) {
            elements[i * extent + i] = 1;
        }
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(extent, extent)), elements));
    }

    /**
     * Computes the columns of one phase.
     *
     * @param s symmetric, positive semidefinite
     * @param basis the old basis
     * @param next the new basis as far as it is done
     * @param phase scalar, 0 … phases − 1
     * @return the new basis with these columns
     */
    Value advance(Value s, Value basis, Value next, Value phase) {
        int share = (extent + phases - 1) / phases;
        Value meanEigenvalue = s.times(identity(s.dtype())).sum().times(1.0 / extent);
        Value scaled = s.div(meanEigenvalue.plus(TINY)).plus(identity(s.dtype()).times(SHIFT));
        Value numbers = Value.iota(new TensorType(s.dtype(), Shape.of(extent)), 0);
        Value shares = Value.iota(new TensorType(s.dtype(), Shape.of(share)), 0);
        return Recurrence.scan(share, List.of(next), List.of(shares), (carries, slices) -> {
                    Value done = carries.get(0);
                    Value column = phase.times(share).plus(slices.get(0)).broadcastTo(numbers.shape());
                    Value chosen = numbers.apply(Primitive.EQ, column).cast(s.dtype());
                    Value earlier = numbers.apply(Primitive.LT, column).cast(s.dtype());
                    Value z = scaled.contract("ij,j->i", basis.contract("ij,j->i", chosen));
                    Value first = unit(orthogonal(z, done, earlier));
                    Value unit = unit(orthogonal(first, done, earlier));
                    Value change = unit.minus(done.contract("ij,j->i", chosen));
                    return new Recurrence.Step(List.of(done.plus(change.contract("i,j->ij", chosen))), List.of());
                })
                .carries()
                .get(0);
    }

    private static Value orthogonal(Value z, Value done, Value earlier) {
        Value parts = done.contract("ij,i->j", z).times(earlier);
        return z.minus(done.contract("ij,j->i", parts));
    }

    /** Zero where z is, as beyond the last column. */
    private static Value unit(Value z) {
        return z.div(z.square().sum().plus(TINY).sqrt());
    }

    /** What to keep, less the identity: the old basis, or after the last phase the new one. */
    Value current(Value basis, Value next, Value phase) {
        Value last = phase.apply(Primitive.EQ, Value.full(phase.type(), phases - 1.0))
                .broadcastTo(basis.shape());
        return last.apply(Primitive.SELECT, next, basis).minus(identity(basis.dtype()));
    }
}
