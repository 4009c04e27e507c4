// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.sparsity.Compression;
import org.sparkjno.kernels.sparsity.SparsityPattern;

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
        Compression columns = Compression.ofColumns(pattern);
        Compression rows = Compression.ofColumns(pattern.transposed());
        return columns.colours() <= rows.colours()
                ? entries(output, wrt, columns, Mode.FORWARD)
                : entries(output, wrt, rows, Mode.REVERSE);
    }

    /**
     * The entries of a sparse matrix of derivatives, from the images of the directions that hold them.
     *
     * @param compression of its pattern, or, in reverse mode, of the transposed pattern
     * @return one number per entry of the pattern, in its order
     * @throws ShapeException when the pattern has another size
     */
    public static Value entries(Value output, Value wrt, Compression compression, Mode mode) {
        SparsityPattern pattern = compression.pattern();
        Value seeded = mode == Mode.FORWARD ? wrt : output;
        Value imaged = mode == Mode.FORWARD ? output : wrt;
        if (pattern.rows() != size(imaged) || pattern.columns() != size(seeded)) {
            boolean forward = mode == Mode.FORWARD;
            throw new ShapeException("The Jacobian of " + output.type() + " to " + wrt.type() + " has " + size(output)
                    + " rows and " + size(wrt) + " columns, but its pattern has "
                    + (forward ? pattern.rows() : pattern.columns()) + " and "
                    + (forward ? pattern.columns() : pattern.rows()) + ".");
        }
        int[] colours =
                IntStream.range(0, pattern.columns()).map(compression::colour).toArray();
        int[] positions =
                IntStream.range(0, pattern.size()).map(compression::position).toArray();
        Value seeds = Directions.oneHot(Directions.labels(colours), seeded.dtype(), compression.colours());
        Value images = new Directions(map(output, wrt, mode), CHUNK).images(seeds);
        return images.reshape(size(images)).gather(Directions.labels(positions));
    }

    /**
     * Where the derivatives of every element of one value with respect to every element of another may differ from zero,
     * found by propagation through the operations between them: never too little, and too much only where numbers decide,
     * see {@link SparsityPattern#ofLinear}.
     *
     * @return rows are the flattened elements of output, columns those of wrt
     */
    public static SparsityPattern pattern(Value output, Value wrt) {
        Value direction = Value.input("direction", wrt.type());
        Value tangent = new Pushforward(List.of(output), List.of(wrt), List.of(direction)).tangentOrZero(output);
        return SparsityPattern.ofLinear(tangent, direction);
    }

    /**
     * A sparse matrix of derivatives in full, see {@link #entries}.
     *
     * @return of shape {@code [output…, wrt…]}, zero outside the pattern
     */
    public static Value of(Value output, Value wrt, SparsityPattern pattern) {
        return spread(entries(output, wrt, pattern), pattern, output, wrt);
    }

    /** The whole matrix from its entries. */
    static Value spread(Value entries, SparsityPattern pattern, Value output, Value wrt) {
        int[] positions = IntStream.range(0, pattern.size())
                .map(k -> pattern.row(k) * pattern.columns() + pattern.column(k))
                .toArray();
        List<Integer> dims = new ArrayList<>(output.shape().dims());
        dims.addAll(wrt.shape().dims());
        return entries.scatterAdd(Directions.labels(positions), size(output) * size(wrt))
                .reshape(new Shape(dims));
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
