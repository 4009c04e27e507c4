// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/** Whole matrices of first derivatives. */
public final class Jacobian {
    /** Directions computed side by side unless told. */
    public static final int CHUNK = 8;

    /** Which way derivatives are propagated. */
    public enum Mode {
        /** One direction per element of what is differentiated to: for tall matrices. */
        FORWARD,
        /** One cotangent per element of what is differentiated: for wide matrices. */
        REVERSE
    }

    private Jacobian() {}

    /**
     * The derivatives of every element of one value with respect to every element of another, by the mode that needs
     * fewer directions.
     *
     * @return of shape {@code [output…, wrt…]}
     */
    public static Value of(Value output, Value wrt) {
        return of(output, wrt, wrt.shape().size() <= output.shape().size() ? Mode.FORWARD : Mode.REVERSE, CHUNK);
    }

    /**
     * The derivatives of every element of one value with respect to every element of another.
     *
     * @param chunk directions computed side by side; more of them are taken in a loop
     * @return of shape {@code [output…, wrt…]}
     */
    public static Value of(Value output, Value wrt, Mode mode, int chunk) {
        Value start = mode == Mode.FORWARD ? wrt : output;
        Value units = Directions.units(start.dtype(), size(start));
        Value images = new Directions(map(output, wrt, mode), chunk).images(units);
        List<Integer> dims = new ArrayList<>(output.shape().dims());
        dims.addAll(wrt.shape().dims());
        return (mode == Mode.FORWARD ? images.transpose(1, 0) : images).reshape(new Shape(dims));
    }

    /**
     * The entries of a sparse matrix of derivatives, from as many directions as its columns, or rows, have colours.
     *
     * @param pattern of the matrix whose rows and columns are the flattened elements of output and wrt; entries outside
     *     of it must be zero, or wrong numbers result
     * @return one number per entry of the pattern, in its order
     * @throws ShapeException when the pattern has another size
     */
    public static Value entries(Value output, Value wrt, SparsityPattern pattern) {
        if (pattern.rows() != size(output) || pattern.columns() != size(wrt)) {
            throw new ShapeException("The Jacobian of " + output.type() + " to " + wrt.type() + " has " + size(output)
                    + " rows and " + size(wrt) + " columns, but its pattern has " + pattern.rows() + " and "
                    + pattern.columns() + ".");
        }
        int[] columns = pattern.colours();
        int[] rows = pattern.transposed().colours();
        boolean forward = count(columns) <= count(rows);
        SparsityPattern seen = forward ? pattern : pattern.transposed();
        int[] colours = forward ? columns : rows;
        Value seeds = Directions.oneHot(Directions.labels(colours), (forward ? wrt : output).dtype(), count(colours));
        Closure map = map(output, wrt, forward ? Mode.FORWARD : Mode.REVERSE);
        Value images = new Directions(map, CHUNK).images(seeds);
        int[] positions = IntStream.range(0, seen.size())
                .map(k -> colours[seen.column(k)] * seen.rows() + seen.row(k))
                .toArray();
        return images.reshape(size(images)).gather(Directions.labels(positions));
    }

    /**
     * A sparse matrix of derivatives in full, see {@link #entries}.
     *
     * @return of shape {@code [output…, wrt…]}, zero outside the pattern
     */
    public static Value of(Value output, Value wrt, SparsityPattern pattern) {
        int[] positions = IntStream.range(0, pattern.size())
                .map(k -> pattern.row(k) * pattern.columns() + pattern.column(k))
                .toArray();
        List<Integer> dims = new ArrayList<>(output.shape().dims());
        dims.addAll(wrt.shape().dims());
        return entries(output, wrt, pattern)
                .scatterAdd(Directions.labels(positions), size(output) * size(wrt))
                .reshape(new Shape(dims));
    }

    private static int count(int[] colours) {
        return Arrays.stream(colours).max().orElse(-1) + 1;
    }

    private static int size(Value value) {
        return Math.toIntExact(value.shape().size());
    }

    /** One direction, or one cotangent, as an argument. */
    private static Closure map(Value output, Value wrt, Mode mode) {
        Value argument = Value.input("direction", (mode == Mode.FORWARD ? wrt : output).type());
        List<Value> image = mode == Mode.FORWARD
                ? Derivatives.jvp(List.of(output), List.of(wrt), List.of(argument))
                : Derivatives.vjp(List.of(output), List.of(wrt), List.of(argument));
        return Closure.of(List.of(argument), image);
    }
}
