// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The iterations of a loop in segments that start at its checkpoints: complete ones of {@link LoopOp.Scan#every}
 * iterations, then a shorter one unless they divide evenly. Slices of a loop that runs backwards are cut from the last.
 *
 * @param loop what is cut
 */
public record Segments(LoopOp.Scan loop) {
    /** Number of complete segments. */
    public int complete() {
        return loop.length() / loop.every();
    }

    /** Iterations after the complete segments. */
    public int rest() {
        return loop.length() % loop.every();
    }

    /** Slices of the complete segments, {@code [segments, every, …]}. */
    public Value complete(Value sequence) {
        Value slices = cut(sequence, complete() * loop.every(), rest(), true);
        return slices.reshape(prefixed(sequence, 1, complete(), loop.every()));
    }

    /** Slices of the last segment, {@code [rest, …]}. */
    public Value rest(Value sequence) {
        return cut(sequence, complete() * loop.every(), rest(), false);
    }

    /** What belongs to all iterations, from {@code [segments, every, …]} and {@code [rest, …]}, which may be null. */
    public Value join(Value complete, Value rest) {
        Value slices = complete.reshape(prefixed(complete, 2, complete() * loop.every()));
        return rest == null ? slices : inOrder(slices, rest);
    }

    /** Checkpoints at which complete segments start, {@code [segments, …]}. */
    public Value completeStarts(Value checkpoints) {
        return cut(checkpoints, complete(), rest() > 0 ? 1 : 0, true);
    }

    /** The checkpoint at which the last segment starts. */
    public Value restStart(Value checkpoints) {
        return only(cut(checkpoints, complete(), 1, false));
    }

    /** All checkpoints, from those of complete segments and that of the last one, which may be null. */
    public Value joinStarts(Value complete, Value rest) {
        return rest == null ? complete : inOrder(complete, stacked(rest));
    }

    /** The one slice of a sequence. */
    public static Value only(Value sequence) {
        return sequence.reshape(prefixed(sequence, 1));
    }

    /** A sequence of one slice. */
    public static Value stacked(Value slice) {
        return slice.reshape(prefixed(slice, 0, 1));
    }

    private Value inOrder(Value complete, Value rest) {
        return Value.concat(0, loop.backwards() ? List.of(rest, complete) : List.of(complete, rest));
    }

    private Value cut(Value whole, int first, int second, boolean takeFirst) {
        int from = takeFirst == loop.backwards() ? whole.shape().dim(0) - (takeFirst ? first : second) : 0;
        return whole.slice(0, from, from + (takeFirst ? first : second));
    }

    /** The shape of a value with other extents in place of its first axes. */
    private static Shape prefixed(Value value, int axes, int... extents) {
        List<Integer> dims = new ArrayList<>();
        for (int extent : extents) {
            dims.add(extent);
        }
        dims.addAll(value.shape().dims().subList(axes, value.shape().rank()));
        return new Shape(dims);
    }
}
