// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/** The elements of a value that indices make or move. */
final class IndexedEvaluation implements IndexedOp.Visitor<double[]> {
    private final Value value;
    private final List<double[]> operands;
    private final double[] result;

    IndexedEvaluation(Value value, List<double[]> operands) {
        this.value = value;
        this.operands = operands;
        this.result = new double[Math.toIntExact(value.shape().size())];
    }

    @Override
    public double[] visit(IndexedOp.Iota op) {
        for (int[] index : Indices.of(value.shape())) {
            result[Indices.position(value.shape(), index)] = index[op.axis()];
        }
        return result;
    }

    @Override
    public double[] visit(IndexedOp.Gather op) {
        int rows = value.operands().get(0).shape().dim(0);
        for (int i = 0; i < operands.get(1).length; i++) {
            long row = (long) operands.get(1)[i];
            if (row >= 0 && row < rows) {
                int width = operands.get(0).length / rows;
                System.arraycopy(operands.get(0), (int) (row * width), result, i * width, width);
            }
        }
        return result;
    }

    @Override
    public double[] visit(IndexedOp.ScatterAdd op) {
        for (int i = 0; i < operands.get(1).length; i++) {
            long row = (long) operands.get(1)[i];
            if (row >= 0 && row < op.rows()) {
                int width = result.length / op.rows();
                for (int k = 0; k < width; k++) {
                    int at = (int) (row * width) + k;
                    result[at] = value.dtype().round(result[at] + operands.get(0)[i * width + k]);
                }
            }
        }
        return result;
    }

    @Override
    public double[] visit(IndexedOp.ArgSort op) {
        Shape shape = value.shape();
        for (int[] index : Indices.of(shape)) {
            if (index[op.axis()] == 0) {
                double[] line = IntStream.range(0, shape.dim(op.axis()))
                        .mapToDouble(i -> operands.get(0)[position(index, op.axis(), i)])
                        .toArray();
                List<Integer> order = order(line, op.descending());
                for (int i = 0; i < line.length; i++) {
                    result[position(index, op.axis(), i)] = order.get(i);
                }
            }
        }
        return result;
    }

    private static List<Integer> order(double[] line, boolean descending) {
        double sign = descending ? -1 : 1;
        double[] keys = Arrays.stream(line).map(x -> sign * x + 0.0).toArray(); // + 0.0 makes both zeros equal
        return IntStream.range(0, line.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .toList();
    }

    private int position(int[] index, int axis, int at) {
        int[] moved = index.clone();
        moved[axis] = at;
        return Indices.position(value.shape(), moved);
    }
}
