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
 * A sparse matrix that is applied to tensors: each row gathers the few entries it needs, and the transpose does the same when
 * derivatives run backwards. Rows are filled up to a usual length, and long ones have a remainder, as in the hybrid format of N.
 * Bell, M. Garland, "Implementing sparse matrix-vector multiplication on throughput-oriented processors", SC 2009.
 *
 * @param matrix square or not
 */
record SparseProduct(CsrMatrix matrix) {
    /** The product with some rows of the matrix alone. */
    SparseProduct only(Rows rows) {
        if (rows.length() == matrix.rows()) {
            return this;
        }
        int first = matrix.rowStart()[rows.from()];
        int last = matrix.rowStart()[rows.to()];
        int[] starts = IntStream.rangeClosed(rows.from(), rows.to())
                .map(row -> matrix.rowStart()[row] - first)
                .toArray();
        return new SparseProduct(CsrMatrix.of(
                rows.length(),
                matrix.columnCount(),
                starts,
                Arrays.copyOfRange(matrix.columns(), first, last),
                Arrays.copyOfRange(matrix.values(), first, last)));
    }

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

    /** The usual number of entries of all rows at once, and what long rows have beyond it. */
    private Value gathered(Value x) {
        int usual = usualLength();
        Value image = part(x, IntStream.range(0, matrix.rows()).toArray(), 0, usual);
        int[] longer = IntStream.range(0, matrix.rows())
                .filter(row -> length(row) > usual)
                .toArray();
        if (longer.length == 0) {
            return image;
        }
        int longest = Arrays.stream(longer).map(this::length).max().orElseThrow();
        Value rest = part(x, longer, usual, longest);
        Value rows = Value.constant(Literal.of(
                new TensorType(DType.I32, Shape.of(longer.length)),
                Arrays.stream(longer).asDoubleStream().toArray()));
        return image.plus(rest.scatterAdd(rows, matrix.rows()));
    }

    private int length(int row) {
        return matrix.rowStart()[row + 1] - matrix.rowStart()[row];
    }

    /** The length up to which to fill all rows so that there are fewest entries in all. */
    private int usualLength() {
        int[] lengths =
                IntStream.range(0, matrix.rows()).map(this::length).sorted().toArray();
        int longest = lengths[lengths.length - 1];
        int best = longest;
        int fewest = lengths.length * longest;
        for (int longer = 1; longer < lengths.length; longer++) {
            int usual = lengths[lengths.length - 1 - longer];
            int entries = lengths.length * usual + longer * (longest - usual);
            if (entries < fewest) {
                fewest = entries;
                best = usual;
            }
        }
        return Math.max(best, 1);
    }

    /**
     * The products of some rows with a part of their entries. Missing entries name a column that does not exist, which is read as
     * zero. For a single field neighbours come first and sums run along the rows; for many fields a row stays together.
     */
    private Value part(Value x, int[] rows, int from, int to) {
        boolean single = x.shape().dim(1) == 1;
        int width = to - from;
        double[] columns = new double[rows.length * width];
        double[] entries = new double[rows.length * width];
        Arrays.fill(columns, -1);
        for (int i = 0; i < rows.length; i++) {
            for (int j = from; j < Math.min(to, length(rows[i])); j++) {
                int entry = matrix.rowStart()[rows[i]] + j;
                int place = single ? (j - from) * rows.length + i : i * width + j - from;
                columns[place] = matrix.columns()[entry];
                entries[place] = matrix.values()[entry];
            }
        }
        Shape shape = single ? Shape.of(width, rows.length) : Shape.of(rows.length, width);
        Value chosen = x.gather(Value.constant(Literal.of(new TensorType(DType.I32, shape), columns)));
        Value factors = Value.constant(Literal.of(new TensorType(x.dtype(), shape), entries))
                .broadcast(chosen.shape(), List.of(0, 1));
        return chosen.times(factors).sum(single ? 0 : 1);
    }
}
