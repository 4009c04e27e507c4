// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/** Functions of small square matrices that take more than a formula. */
sealed interface MatrixFunction extends PointFunction {
    /** Values for matrices {@code [count, n, n]}: {@code [count, …]}. */
    Value of(Value matrices);

    @Override
    default Value apply(int axes, List<Value> operands) {
        Value a = operands.get(0);
        Shape shape = a.shape();
        int n = shape.dim(-1);
        Value results = of(a.reshape(Math.toIntExact(shape.size() / ((long) n * n)), n, n));
        List<Integer> dims = new ArrayList<>(shape.dims().subList(0, axes));
        dims.addAll(results.shape().dims().subList(1, results.shape().rank()));
        return results.reshape(new Shape(dims));
    }

    /** The principal square root, see {@link SquareRoots#root}. */
    record Root() implements MatrixFunction {
        @Override
        public String name() {
            return "sqrtm";
        }

        @Override
        public Shape infer(List<Shape> components) {
            return components.get(0);
        }

        @Override
        public Value of(Value matrices) {
            return SquareRoots.root(matrices);
        }
    }

    /** The principal logarithm, see {@link SquareRoots#logarithm}. */
    record Logarithm() implements MatrixFunction {
        @Override
        public String name() {
            return "logm";
        }

        @Override
        public Shape infer(List<Shape> components) {
            return components.get(0);
        }

        @Override
        public Value of(Value matrices) {
            return SquareRoots.logarithm(matrices);
        }
    }

    /** Eigenvalues as the first row, then eigenvectors as rows, see {@link JacobiRotations}. */
    record Eigensystem() implements MatrixFunction {
        @Override
        public String name() {
            return "eigh";
        }

        @Override
        public Shape infer(List<Shape> components) {
            int n = components.get(0).dim(0);
            return Shape.of(n + 1, n);
        }

        @Override
        public Value of(Value matrices) {
            List<Value> system = JacobiRotations.of(matrices);
            return Value.concat(
                    1, List.of(system.get(0).expandDims(1), system.get(1).transpose(0, 2, 1)));
        }
    }
}
