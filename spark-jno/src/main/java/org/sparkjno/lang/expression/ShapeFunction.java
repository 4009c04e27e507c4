// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/** Functions that arrange components anew, all without arithmetic. */
sealed interface ShapeFunction extends PointFunction {
    @Override
    default boolean keepsUnits() {
        return true;
    }

    /**
     * The same components, row-major, in another shape.
     *
     * @param shape the other shape
     */
    record Reshape(Shape shape) implements ShapeFunction {
        @Override
        public String name() {
            return "reshape " + shape;
        }

        @Override
        public Shape infer(List<Shape> components) {
            if (components.get(0).size() != shape.size()) {
                throw new ExpressionException("A value of shape " + components.get(0) + " has "
                        + components.get(0).size() + " components, but the shape " + shape + " holds " + shape.size()
                        + "; make the products of the extents equal.");
            }
            return shape;
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            List<Integer> dims = new ArrayList<>(operands.get(0).shape().dims().subList(0, axes));
            dims.addAll(shape.dims());
            return operands.get(0).reshape(new Shape(dims));
        }
    }

    /**
     * Axes of components in another order.
     *
     * @param permutation axis i of the result is this axis of the operand
     */
    record Transpose(List<Integer> permutation) implements ShapeFunction {
        public Transpose {
            permutation = List.copyOf(permutation);
        }

        @Override
        public String name() {
            return "transpose";
        }

        @Override
        public Shape infer(List<Shape> components) {
            Shape shape = components.get(0);
            List<Integer> sorted = permutation.stream().sorted().toList();
            if (!sorted.equals(IntStream.range(0, shape.rank()).boxed().toList())) {
                throw new ExpressionException("The order " + permutation + " does not name each of the " + shape.rank()
                        + " axes of a value of shape " + shape + " once; number them from 0.");
            }
            return new Shape(permutation.stream().map(shape::dim).toList());
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            return operands.get(0)
                    .transpose(IntStream.concat(
                                    IntStream.range(0, axes),
                                    permutation.stream().mapToInt(axis -> axes + axis))
                            .toArray());
        }
    }

    /**
     * The entries {@code from ≤ i < to} along the first axis of components.
     *
     * @param from the first, from 0
     * @param to one beyond the last
     */
    record Slice(int from, int to) implements ShapeFunction {
        @Override
        public String name() {
            return "[" + from + ":" + to + "]";
        }

        @Override
        public Shape infer(List<Shape> components) {
            Shape shape = components.get(0);
            if (shape.rank() == 0 || from < 0 || from >= to || to > shape.dim(0)) {
                throw new ExpressionException("There are no components from " + from + " to before " + to + " of "
                        + (shape.rank() == 0 ? "a scalar" : "a value of shape " + shape)
                        + "; they are numbered from 0.");
            }
            List<Integer> dims = new ArrayList<>(shape.dims());
            dims.set(0, to - from);
            return new Shape(dims);
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            return operands.get(0).slice(axes, from, to);
        }
    }

    /** Operands one after another along the first axis of components; a scalar counts as one entry. */
    record Concatenate() implements ShapeFunction {
        @Override
        public String name() {
            return "concatenate";
        }

        @Override
        public Shape infer(List<Shape> components) {
            List<Shape> all =
                    components.stream().map(Concatenate::atLeastVector).toList();
            List<Integer> rest = all.get(0).dims().subList(1, all.get(0).rank());
            int sum = 0;
            for (Shape shape : all) {
                if (!shape.dims().subList(1, shape.rank()).equals(rest)) {
                    throw new ExpressionException("Values of the shapes " + components
                            + " cannot follow one another, because they differ beyond the first axis of components;"
                            + " reshape or transpose them first.");
                }
                sum += shape.dim(0);
            }
            List<Integer> dims = new ArrayList<>(List.of(sum));
            dims.addAll(rest);
            return new Shape(dims);
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            return Value.concat(
                    axes,
                    operands.stream()
                            .map(operand -> operand.shape().rank() == axes ? operand.expandDims(axes) : operand)
                            .toList());
        }

        private static Shape atLeastVector(Shape shape) {
            return shape.rank() == 0 ? Shape.of(1) : shape;
        }
    }
}
