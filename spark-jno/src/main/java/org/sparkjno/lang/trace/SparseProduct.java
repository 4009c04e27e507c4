// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A sparse matrix that is applied to tensors: each row gathers the few entries it needs. The transpose is applied in the same
 * way, so that nothing is scattered when derivatives run backwards.
 *
 * @param matrix square or not
 */
record SparseProduct(CsrMatrix matrix) {
    /** The product along one axis of a tensor, which is as long as the matrix has columns. */
    Value along(Value x, int axis) {
        int rank = x.shape().rank();
        int[] toFront = IntStream.concat(
                        IntStream.of(axis), IntStream.range(0, rank).filter(i -> i != axis))
                .toArray();
        int[] back = new int[rank];
        for (int i = 0; i < rank; i++) {
            back[toFront[i]] = i;
        }
        Value front = x.transpose(toFront);
        List<Integer> dims = new ArrayList<>(front.shape().dims());
        int rest = Math.toIntExact(x.shape().size() / dims.get(0));
        Value image = of(front.reshape(Shape.of(dims.get(0), rest)));
        dims.set(0, matrix.rows());
        return image.reshape(new Shape(dims)).transpose(back);
    }

    /** The product with a matrix of as many rows as this one has columns. */
    private Value of(Value x) {
        CustomRule rule = new CustomRule(
                "sparse product",
                Optional.of((arguments, y, dx) -> changed(this, dx)),
                Optional.of((arguments, dy) -> changed(new SparseProduct(matrix.transpose()), dy)),
                false);
        return RuledOp.custom(rule, List.of(gathered(x)), List.of(x)).get(0);
    }

    private static List<Value> changed(SparseProduct product, List<Value> change) {
        return Arrays.asList(change.get(0) == null ? null : product.of(change.get(0)));
    }

    /** Rows are filled up to one length with columns that do not exist, whose entries are read as zero. */
    private Value gathered(Value x) {
        int rows = matrix.rows();
        int[] start = matrix.rowStart();
        int longest = IntStream.range(0, rows)
                .map(row -> start[row + 1] - start[row])
                .max()
                .orElse(0);
        double[] columns = new double[rows * longest];
        double[] entries = new double[rows * longest];
        Arrays.fill(columns, -1);
        for (int row = 0; row < rows; row++) {
            for (int k = start[row]; k < start[row + 1]; k++) {
                columns[row * longest + k - start[row]] = matrix.columns()[k];
                entries[row * longest + k - start[row]] = matrix.values()[k];
            }
        }
        Shape shape = Shape.of(rows, longest);
        Value chosen = x.gather(Value.constant(Literal.of(new TensorType(DType.I32, shape), columns)));
        Value factors = Value.constant(Literal.of(new TensorType(x.dtype(), shape), entries))
                .broadcast(chosen.shape(), List.of(0, 1));
        return chosen.times(factors).sum(1);
    }
}
