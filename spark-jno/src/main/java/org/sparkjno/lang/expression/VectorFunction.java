// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkjno.kernels.function.Selection;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/** Functions that put components together and take them apart. */
public sealed interface VectorFunction extends PointFunction {
    @Override
    default boolean keepsUnits() {
        return !(this instanceof Einsum);
    }

    /** Operands of one shape side by side, along a new first axis of components. */
    record Stack() implements VectorFunction {
        @Override
        public String name() {
            return "vector";
        }

        @Override
        public Shape infer(List<Shape> components) {
            if (components.isEmpty() || components.stream().distinct().count() > 1) {
                throw new ExpressionException("A vector needs components of one shape, but got " + components + ".");
            }
            return Shape.of(components.size())
                    .append(components.get(0).dims().stream()
                            .mapToInt(Integer::intValue)
                            .toArray());
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            return Value.stack(axes, operands);
        }
    }

    /**
     * One entry along the first axis of components.
     *
     * @param index which, from 0
     */
    record Component(int index) implements VectorFunction {
        @Override
        public String name() {
            return "[" + index + "]";
        }

        @Override
        public Shape infer(List<Shape> components) {
            Shape shape = components.get(0);
            if (shape.rank() == 0 || index < 0 || index >= shape.dim(0)) {
                throw new ExpressionException("There is no component " + index + " of "
                        + (shape.rank() == 0 ? "a scalar" : "a value of shape " + shape)
                        + "; they are numbered from 0.");
            }
            return new Shape(shape.dims().subList(1, shape.rank()));
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            return operands.get(0).slice(axes, index, index + 1).squeeze(axes);
        }
    }

    /**
     * One number of all components.
     *
     * @param aggregation how they are combined
     */
    record Reduce(Aggregation aggregation) implements VectorFunction {
        @Override
        public String name() {
            return aggregation.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Shape infer(List<Shape> components) {
            return Shape.SCALAR;
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            Value x = operands.get(0);
            int[] inner = IntStream.range(axes, x.shape().rank()).toArray();
            if (inner.length == 0) {
                return x;
            }
            return switch (aggregation) {
                case SUM -> x.sum(inner);
                case MEAN -> x.mean(inner);
                case MAX -> x.max(inner);
                case MIN -> x.reduce(Reduction.MIN, inner);
                case MEDIAN -> Selection.median(x, inner);
            };
        }
    }

    /**
     * Sums of products.
     *
     * @param notation of the components alone, as {@code ij,j->i}
     */
    record Einsum(String notation) implements VectorFunction {
        /** Letters for named axes, which no notation of components uses. */
        private static final String AXES = "ABCDEFGH";

        @Override
        public String name() {
            return "einsum " + notation;
        }

        @Override
        public Shape infer(List<Shape> components) {
            String[] sides = notation.split("->", -1);
            String[] inputs = sides[0].split(",", -1);
            if (sides.length != 2 || inputs.length != components.size()) {
                throw new ExpressionException("The notation '" + notation + "' does not name " + components.size()
                        + " operands and a result; write for example 'ij,j->i'.");
            }
            Map<Character, Integer> extents = new HashMap<>();
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i].length() != components.get(i).rank()) {
                    throw new ExpressionException("Operand " + i + " of '" + notation + "' has values of shape "
                            + components.get(i) + "; give it as many indices.");
                }
                for (int k = 0; k < inputs[i].length(); k++) {
                    int extent = components.get(i).dim(k);
                    Integer known = extents.putIfAbsent(inputs[i].charAt(k), extent);
                    if (known != null && known != extent) {
                        throw new ExpressionException("Index " + inputs[i].charAt(k) + " of '" + notation
                                + "' has extents " + known + " and " + extent + "; components must agree.");
                    }
                }
            }
            return new Shape(
                    sides[1].chars().mapToObj(c -> extents.get((char) c)).toList());
        }

        @Override
        public Value apply(int axes, List<Value> operands) {
            String lead = AXES.substring(0, axes);
            String[] sides = notation.split("->", -1);
            String inputs = Arrays.stream(sides[0].split(",", -1))
                    .map(input -> lead + input)
                    .collect(Collectors.joining(","));
            return org.sparkjno.kernels.function.Einsum.of(
                    inputs + "->" + lead + sides[1], operands.toArray(Value[]::new));
        }
    }
}
