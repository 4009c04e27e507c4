// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * How systems of one pattern lie in tensors: values {@code [entries]} with {@code [n]} or {@code [n, width]} right-hand
 * sides, or all of them with the same leading axis of a batch.
 *
 * @param pattern square
 * @param batched whether there is a leading axis of matrices
 * @param batch number of matrices
 * @param columns whether there is a last axis of right-hand sides
 * @param width number of right-hand sides of each matrix
 */
record SystemShape(Pattern pattern, boolean batched, int batch, boolean columns, int width) {
    /**
     * Checks types against a pattern.
     *
     * @throws ShapeException with one sentence when they do not fit
     */
    static SystemShape of(Pattern pattern, TensorType values, TensorType rhs) {
        int n = pattern.rows();
        if (n != pattern.columnCount()) {
            throw new ShapeException("A sparse solve needs a square matrix, but got a " + pattern + ".");
        }
        DType dtype = values.dtype();
        if (dtype != rhs.dtype() || dtype != DType.F32 && dtype != DType.F64) {
            throw new ShapeException(
                    "A sparse solve needs values and right-hand sides that are both f32 or both f64, but got " + values
                            + " and " + rhs + "; cast one of them.");
        }
        List<Integer> stored = values.shape().dims();
        List<Integer> right = rhs.shape().dims();
        int lead = stored.size() - 1;
        boolean fits = (lead == 0 || lead == 1)
                && stored.get(lead) == pattern.entries()
                && (right.size() == lead + 1 || right.size() == lead + 2)
                && right.get(lead) == n
                && (lead == 0 || stored.get(0).equals(right.get(0)));
        if (!fits) {
            throw new ShapeException("A sparse solve with a " + pattern + " takes values [" + pattern.entries()
                    + "] and right-hand sides [" + n + "] or [" + n
                    + ", width], or both with the same leading axis of a batch, but got " + values + " and " + rhs
                    + ".");
        }
        boolean columns = right.size() == lead + 2;
        return new SystemShape(
                pattern, lead == 1, lead == 1 ? right.get(0) : 1, columns, columns ? right.get(lead + 1) : 1);
    }

    /** The image of unknowns under the matrix of these values, as a graph. */
    Value product(Value values, Value unknowns) {
        Value rows = indices(pattern.rowOfEntries());
        Value factors = unknownsFirst(unknowns).gather(indices(pattern.columns()));
        Value stored = batched ? values.transpose(1, 0) : values;
        List<Integer> axes = batched ? List.of(0, 1) : List.of(0);
        Value terms = stored.broadcast(factors.shape(), axes).times(factors);
        return unknownsFirst(terms.scatterAdd(rows, pattern.rows()));
    }

    /** Exchanges the axis of the batch and that of the unknowns. */
    private Value unknownsFirst(Value x) {
        if (!batched) {
            return x;
        }
        return columns ? x.transpose(1, 0, 2) : x.transpose(1, 0);
    }

    private static Value indices(int[] numbers) {
        TensorType type = new TensorType(DType.I32, Shape.of(numbers.length));
        return Value.constant(
                Literal.of(type, Arrays.stream(numbers).asDoubleStream().toArray()));
    }

    /** The type of what is known of each solve. */
    TensorType reports() {
        List<Integer> dims = new ArrayList<>();
        if (batched) {
            dims.add(batch);
        }
        if (columns) {
            dims.add(width);
        }
        dims.add(SparseSolve.REPORTED);
        return new TensorType(DType.F64, new Shape(dims));
    }
}
