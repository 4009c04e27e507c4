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
 * Follows the eigenvectors of symmetric matrices of one size that change slowly, by orthogonal iteration (G. H. Golub,
 * C. F. Van Loan, "Matrix computations", 4th ed., section 8.2.4): S times the old basis, orthonormalised column after
 * column by Gram-Schmidt, each twice (L. Giraud, J. Langou, M. Rozložník, 2005: twice is enough). One iteration is
 * divided into phases, one per step of the optimiser. All values are {@code [count, extent, extent]}.
 *
 * @param extent of the matrices
 * @param count of matrices
 * @param offset of their elements among those of all sizes
 * @param phases into which one iteration is divided
 */
record Eigenbases(int extent, int count, int offset, int phases) {
    /** Of the mean eigenvalue; added to all, so that no column of S·Q vanishes where S has lost its rank. */
    private static final double SHIFT = 1e-4;

    /** Keeps quotients of zeros finite; far below the squares of any gradient that matters. */
    private static final double TINY = 1e-30;

    int end() {
        return offset + count * extent * extent;
    }

    /** These matrices among all. */
    Value matrices(Value all) {
        return all.slice(0, offset, end()).reshape(count, extent, extent);
    }

    Value identity(DType dtype) {
        double[] elements = new double[extent * extent];
        for (int i = 0; i < extent; i++) {
            elements[i * extent + i] = 1;
        }
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(extent, extent)), elements))
                .broadcastTo(Shape.of(count, extent, extent));
    }

    /**
     * Computes the columns of one phase.
     *
     * @param s symmetric, positive semidefinite
     * @param bases the old bases
     * @param next the new bases as far as they are done
     * @param phase scalar, 0 … phases − 1
     * @return the new bases with these columns
     */
    Value advance(Value s, Value bases, Value next, Value phase) {
        int share = (extent + phases - 1) / phases;
        Value identity = identity(s.dtype());
        Value meanEigenvalues = s.times(identity).sum(1, 2).times(1.0 / extent);
        Value divisors = meanEigenvalues.plus(TINY).broadcast(s.shape(), List.of(0));
        Value scaled = s.div(divisors).plus(identity.times(SHIFT));
        Value numbers = Value.iota(new TensorType(s.dtype(), Shape.of(extent)), 0);
        Value shares = Value.iota(new TensorType(s.dtype(), Shape.of(share)), 0);
        return Recurrence.scan(share, List.of(next), List.of(shares), (carries, slices) -> {
                    Value done = carries.get(0);
                    Value column = phase.times(share).plus(slices.get(0)).broadcastTo(numbers.shape());
                    Value chosen = numbers.apply(Primitive.EQ, column).cast(s.dtype());
                    Value earlier = numbers.apply(Primitive.LT, column).cast(s.dtype());
                    Value z = scaled.contract("gij,gj->gi", bases.contract("gij,j->gi", chosen));
                    Value first = unit(orthogonal(z, done, earlier));
                    Value unit = unit(orthogonal(first, done, earlier));
                    Value change = unit.minus(done.contract("gij,j->gi", chosen));
                    return new Recurrence.Step(List.of(done.plus(change.contract("gi,j->gij", chosen))), List.of());
                })
                .carries()
                .get(0);
    }

    private static Value orthogonal(Value z, Value done, Value earlier) {
        Value parts = done.contract("gij,gi->gj", z).times(earlier.broadcastTo(z.shape()));
        return z.minus(done.contract("gij,gj->gi", parts));
    }

    /** Zero where z is, as beyond the last column. */
    private static Value unit(Value z) {
        Value norms = z.square().sum(1).plus(TINY).sqrt();
        return z.div(norms.broadcast(z.shape(), List.of(0)));
    }

    /** What to keep, less the identity: the old bases, or after the last phase the new ones. */
    Value current(Value bases, Value next, Value phase) {
        Value last = phase.apply(Primitive.EQ, Value.full(phase.type(), phases - 1.0))
                .broadcastTo(bases.shape());
        return last.apply(Primitive.SELECT, next, bases).minus(identity(bases.dtype()));
    }
}
