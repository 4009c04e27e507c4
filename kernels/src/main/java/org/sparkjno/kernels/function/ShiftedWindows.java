// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A layer applied to each window of a grid, where windows may be shifted around its ends: Z. Liu et al., "Swin transformer",
 * ICCV 2021, section 3.2 and figure 4. On a periodic grid that is all; on any other, {@link #scores} keeps apart points
 * that only the shift brought together.
 *
 * @param windows extents of a window
 * @param shift points by which windows are shifted along each axis, at least 0 and less than the extent
 */
public record ShiftedWindows(Blocks windows, List<Integer> shift) {
    public ShiftedWindows {
        shift = List.copyOf(shift);
        boolean fits = shift.size() == windows.extents().size();
        for (int axis = 0; fits && axis < shift.size(); axis++) {
            fits = shift.get(axis) >= 0 && shift.get(axis) < windows.extents().get(axis);
        }
        if (!fits) {
            throw new IllegalArgumentException("Windows of " + windows.extents()
                    + " points are shifted by less than that along each axis, but got " + shift + ".");
        }
    }

    /** Windows shifted by half of their extents. */
    public static ShiftedWindows byHalf(Blocks windows) {
        return new ShiftedWindows(
                windows, windows.extents().stream().map(extent -> extent / 2).toList());
    }

    /**
     * The layer in each window.
     *
     * @param x [batch, space…, channels]
     * @param layer from [batch·windows, points, channels] to [batch·windows, points, other channels]
     * @return [batch, space…, other channels]
     */
    public Value apply(Value x, UnaryOperator<Value> layer) {
        int[] space = x.shape().dims().stream()
                .skip(1)
                .limit(shift.size())
                .mapToInt(Integer::intValue)
                .toArray();
        Value moved = layer.apply(windows.windows(rolled(x, -1)));
        return rolled(windows.grid(moved, space), 1);
    }

    private Value rolled(Value x, int direction) {
        Value rolled = x;
        for (int axis = 0; axis < shift.size() && axis + 1 < x.shape().rank(); axis++) {
            rolled = rolled.roll(direction * shift.get(axis), 1 + axis);
        }
        return rolled;
    }

    /**
     * Masks, on a grid that is not periodic, the scores [batch·windows, heads, points, points] of points that lie at opposite
     * ends of the grid.
     *
     * @param space extents of the grid
     */
    public UnaryOperator<Value> scores(int... space) {
        Literal allowed = allowed(space);
        int blocks = allowed.type().shape().dim(0);
        int points = windows.points();
        return scores -> {
            if (scores.shape().rank() != 4
                    || scores.shape().dim(0) % blocks != 0
                    || scores.shape().dim(-1) != points
                    || scores.shape().dim(-2) != points) {
                throw new ShapeException("The mask of " + blocks + " windows of " + points
                        + " points is for scores [batch·windows, heads, points, points], but got " + scores.type()
                        + ".");
            }
            Shape perWindow = Shape.of(
                    scores.shape().dim(0) / blocks, blocks, scores.shape().dim(1), points, points);
            Value seen = Value.constant(allowed).broadcast(perWindow, List.of(1, 3, 4));
            return Attention.masked(seen.reshape(scores.shape())).apply(scores);
        };
    }

    /** Whether two points of a window are neighbours in the grid: [windows, points, points]. */
    private Literal allowed(int... space) {
        List<Integer> counts = windows.counts(Shape.of(space).dims());
        int blocks = counts.stream().reduce(1, Math::multiplyExact);
        int points = windows.points();
        double[] allowed = new double[blocks * points * points];
        for (int block = 0; block < blocks; block++) {
            for (int query = 0; query < points; query++) {
                for (int key = 0; key < points; key++) {
                    boolean together = wrapped(block, query, counts).equals(wrapped(block, key, counts));
                    allowed[(block * points + query) * points + key] = together ? 1 : 0;
                }
            }
        }
        return Literal.of(new TensorType(DType.BOOL, Shape.of(blocks, points, points)), allowed);
    }

    /** Along which axes the shift moved a point around the end of the grid. */
    private List<Boolean> wrapped(int block, int point, List<Integer> counts) {
        Boolean[] wrapped = new Boolean[counts.size()];
        int window = block;
        int within = point;
        for (int axis = wrapped.length - 1; axis >= 0; axis--) {
            int extent = windows.extents().get(axis);
            int count = counts.get(axis);
            int at = window % count * extent + within % extent;
            wrapped[axis] = at + shift.get(axis) >= count * extent;
            window /= count;
            within /= extent;
        }
        return List.of(wrapped);
    }
}
