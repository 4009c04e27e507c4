// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * A grid cut into blocks of equal extent: the patches of a patch embedding (A. Dosovitskiy et al., "An image is worth 16×16
 * words", ICLR 2021, section 3.1) and the windows of windowed attention (Z. Liu et al., "Swin transformer", ICCV 2021,
 * section 3.2). Values are {@code [batch, space…, channels]}.
 *
 * @param extents points of a block along each space axis, at least 1
 */
public record Blocks(List<Integer> extents) {
    public Blocks {
        extents = List.copyOf(extents);
        if (extents.isEmpty() || extents.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException(
                    "A block has at least one point along each space axis, but got " + extents + ".");
        }
    }

    /** Blocks of these extents. */
    public static Blocks of(int... extents) {
        return new Blocks(Shape.of(extents).dims());
    }

    /** Points of a block. */
    public int points() {
        return extents.stream().reduce(1, Math::multiplyExact);
    }

    /** Blocks along each axis of a grid, which must consist of whole ones. */
    List<Integer> counts(List<Integer> space) {
        List<Integer> counts = new ArrayList<>();
        for (int axis = 0; axis < Math.min(space.size(), extents.size()); axis++) {
            counts.add(space.get(axis) / extents.get(axis));
        }
        if (space.size() != extents.size() || !space(counts).equals(space)) {
            throw new ShapeException("Blocks of " + extents + " points need a grid of whole blocks, but got one of "
                    + space + " points; pad it first.");
        }
        return counts;
    }

    /**
     * The patches of a field as vectors: {@code [batch, space…, channels]} to {@code [batch, blocks…, points·channels]}. A matrix
     * applied to them is a patch embedding.
     *
     * @throws ShapeException when the grid does not consist of whole blocks
     */
    public Value patches(Value x) {
        Value cut = cut(x);
        List<Integer> dims = new ArrayList<>(cut.shape().dims().subList(0, 1 + extents.size()));
        dims.add(points() * x.shape().dim(-1));
        return cut.reshape(new Shape(dims));
    }

    /** The inverse of {@link #patches}: {@code [batch, blocks…, points·channels]} to {@code [batch, space…, channels]}. */
    public Value field(Value patches) {
        int axes = extents.size();
        if (patches.shape().rank() != axes + 2 || patches.shape().dim(-1) % points() != 0) {
            throw new ShapeException("Patches of " + extents + " points are [batch, blocks…, " + points()
                    + "·channels], but got " + patches.type() + ".");
        }
        List<Integer> dims = new ArrayList<>(patches.shape().dims().subList(0, 1 + axes));
        List<Integer> counts = dims.subList(1, 1 + axes);
        List<Integer> space = space(counts);
        dims.addAll(extents);
        dims.add(patches.shape().dim(-1) / points());
        return paste(patches.reshape(new Shape(dims)), space);
    }

    /**
     * The windows of a field as sequences: {@code [batch, space…, channels]} to {@code [batch·blocks, points, channels]}.
     *
     * @throws ShapeException when the grid does not consist of whole blocks
     */
    public Value windows(Value x) {
        Value cut = cut(x);
        int blocks = 1;
        for (int axis = 0; axis <= extents.size(); axis++) {
            blocks *= cut.shape().dim(axis);
        }
        return cut.reshape(blocks, points(), x.shape().dim(-1));
    }

    /**
     * The inverse of {@link #windows}: {@code [batch·blocks, points, channels]} to {@code [batch, space…, channels]}.
     *
     * @param space extents of the grid
     * @throws ShapeException when the windows do not fill the grid
     */
    public Value grid(Value windows, int... space) {
        List<Integer> points = Shape.of(space).dims();
        List<Integer> counts = counts(points);
        int blocks = counts.stream().reduce(1, Math::multiplyExact);
        if (windows.shape().rank() != 3
                || windows.shape().dim(1) != points()
                || blocks == 0
                || windows.shape().dim(0) % blocks != 0) {
            throw new ShapeException("Windows of " + extents + " points on a grid of " + points + " are [batch·blocks, "
                    + points() + ", channels], but got " + windows.type() + ".");
        }
        List<Integer> dims = new ArrayList<>(List.of(windows.shape().dim(0) / blocks));
        dims.addAll(counts);
        dims.addAll(extents);
        dims.add(windows.shape().dim(-1));
        return paste(windows.reshape(new Shape(dims)), points);
    }

    private List<Integer> space(List<Integer> counts) {
        List<Integer> space = new ArrayList<>();
        for (int axis = 0; axis < counts.size(); axis++) {
            space.add(counts.get(axis) * extents.get(axis));
        }
        return space;
    }

    /** {@code [batch, space…, channels]} to {@code [batch, blocks…, extents…, channels]}. */
    private Value cut(Value x) {
        int axes = extents.size();
        List<Integer> dims = x.shape().dims();
        if (dims.size() != axes + 2) {
            throw new ShapeException("Blocks of " + extents + " points are cut from [batch, space…, channels], but got "
                    + x.type() + ".");
        }
        List<Integer> counts = counts(dims.subList(1, 1 + axes));
        List<Integer> split = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            split.add(counts.get(axis));
            split.add(extents.get(axis));
        }
        split.add(0, dims.get(0));
        split.add(dims.get(axes + 1));
        int[] order = new int[2 * axes + 2];
        for (int axis = 0; axis < axes; axis++) {
            order[1 + axis] = 1 + 2 * axis;
            order[1 + axes + axis] = 2 + 2 * axis;
        }
        order[2 * axes + 1] = 2 * axes + 1;
        return x.reshape(new Shape(split)).transpose(order);
    }

    /** {@code [batch, blocks…, extents…, channels]} to {@code [batch, space…, channels]}. */
    private Value paste(Value cut, List<Integer> space) {
        int axes = extents.size();
        int[] order = new int[2 * axes + 2];
        for (int axis = 0; axis < axes; axis++) {
            order[1 + 2 * axis] = 1 + axis;
            order[2 + 2 * axis] = 1 + axes + axis;
        }
        order[2 * axes + 1] = 2 * axes + 1;
        List<Integer> dims = new ArrayList<>(space);
        dims.add(0, cut.shape().dim(0));
        dims.add(cut.shape().dim(-1));
        return cut.transpose(order).reshape(new Shape(dims));
    }
}
