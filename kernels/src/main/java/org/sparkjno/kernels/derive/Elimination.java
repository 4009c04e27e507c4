// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.List;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Gauss–Jordan elimination with partial pivoting of systems side by side: G. Golub, C. Van Loan, "Matrix Computations",
 * 4th ed., section 3.4. A singular system gives numbers that are not finite.
 *
 * @param systems number of systems
 * @param size unknowns of each
 */
record Elimination(int systems, int size) {
    private static final int UNROLLED = 4;

    /** Solves systems whose unknowns are {@code systems·size} elements, those of a system next to each other. */
    static Value solve(LinearOperator operator, Value rhs, int systems, int size) {
        if (rhs.shape().size() == 0) {
            return rhs;
        }
        Value argument = Value.input("unknowns", rhs.type());
        Closure map = Closure.of(List.of(argument), List.of(operator.apply(argument)));
        Value units = Directions.units(rhs.dtype(), size)
                .broadcast(Shape.of(size, systems, size), List.of(0, 2))
                .reshape(size, systems * size);
        Value matrix = new Directions(map, Jacobian.CHUNK)
                .images(units)
                .reshape(size, systems, size)
                .transpose(1, 2, 0);
        Value augmented = Value.concat(2, List.of(matrix, rhs.reshape(systems, size, 1)));
        Value solved = new Elimination(systems, size).eliminate(augmented);
        return solved.slice(2, size, size + 1).reshape(rhs.shape());
    }

    /** The augmented matrix [systems, size, size + 1] with its first columns reduced to the identity. */
    private Value eliminate(Value augmented) {
        Value numbers = Value.iota(new TensorType(DType.I32, Shape.of(size)), 0);
        if (size > UNROLLED) {
            return Recurrence.scan(
                            size,
                            List.of(augmented),
                            List.of(numbers),
                            (carries, slices) ->
                                    new Recurrence.Step(List.of(column(carries.get(0), slices.get(0))), List.of()))
                    .carries()
                    .get(0);
        }
        Value matrix = augmented;
        for (int k = 0; k < size; k++) {
            matrix = column(matrix, Value.scalar(DType.I32, k));
        }
        return matrix;
    }

    /** Brings the largest element at or below the diagonal into row {@code k} and clears its column. */
    private Value column(Value matrix, Value k) {
        Shape rows = Shape.of(systems, size);
        Value number = Value.iota(new TensorType(DType.I32, rows), 1);
        Value here = number.apply(Primitive.EQ, k.broadcastTo(rows));
        Value unit = here.slice(0, 0, 1).reshape(size).cast(matrix.dtype());
        Value wide = unit.pad(0, 0, 1);

        Value magnitude = matrix.contract("bij,j->bi", wide).apply(Primitive.ABS);
        Value candidate = number.apply(Primitive.LT, k.broadcastTo(rows))
                .apply(Primitive.SELECT, Value.full(magnitude.type(), -1), magnitude);
        Value largest = candidate.apply(Primitive.EQ, perSystem(candidate.max(1), rows));
        Value pivotNumber = largest.apply(Primitive.SELECT, number, Value.full(number.type(), size))
                .reduce(Reduction.MIN, 1);
        Value pivot = number.apply(Primitive.EQ, perSystem(pivotNumber, rows));

        Value pivotRow = pivot.cast(matrix.dtype()).contract("bi,bij->bj", matrix);
        Value thisRow = unit.contract("i,bij->bj", matrix);
        Value exchanged = put(pivot, thisRow, put(here, pivotRow, matrix));
        Value divisor = pivotRow.contract("bj,j->b", wide);
        Value scaled = pivotRow.div(divisor.broadcast(pivotRow.shape(), List.of(0)));
        Value factors = exchanged.contract("bij,j->bi", wide);
        return put(here, scaled, exchanged.minus(factors.contract("bi,bj->bij", scaled)));
    }

    private static Value perSystem(Value value, Shape rows) {
        return value.broadcast(rows, List.of(0));
    }

    /** A row in place of those marked. */
    private static Value put(Value marked, Value row, Value matrix) {
        return marked.broadcast(matrix.shape(), List.of(0, 1))
                .apply(Primitive.SELECT, row.broadcast(matrix.shape(), List.of(0, 2)), matrix);
    }
}
