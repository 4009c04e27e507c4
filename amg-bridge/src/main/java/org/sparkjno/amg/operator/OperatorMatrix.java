// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.kernels.derive.Jacobian;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.sparsity.Compression;
import org.sparkjno.kernels.sparsity.SparsityPattern;

/**
 * The sparse matrix of a linear function that a graph computes. Its pattern is known when the graph is built; its values
 * are a value of the graph, made from as many images as the pattern has colours, so that derivatives in whatever the
 * function depends on pass through them. Entries of the pattern that happen to be zero are kept.
 *
 * <p>Rows are the flattened elements of the image, columns those of the argument. Immutable.
 */
public final class OperatorMatrix {
    private final UnaryOperator<Value> operator;
    private final TensorType argument;
    private final Compression compression;
    private final Origin origin;
    private final Pattern pattern;
    private final Value values;

    /** Where a pattern comes from, and what it claims. */
    enum Origin {
        FOUND,
        DECLARED,
        SYMMETRIC
    }

    private OperatorMatrix(UnaryOperator<Value> operator, TensorType argument, Compression compression, Origin origin) {
        this.operator = operator;
        this.argument = argument;
        this.compression = compression;
        this.origin = origin;
        this.pattern = compressedRows(compression.pattern());
        this.values = entries(operator, argument, compression);
    }

    /**
     * The matrix of a linear function, its pattern found by propagation: see {@link SparsityPattern#ofLinear}.
     *
     * @param operator linear; may use any other value of the graph
     * @param argument floating-point type of what it takes
     * @throws IllegalArgumentException when the pattern has more entries than an array can hold
     */
    public static OperatorMatrix of(UnaryOperator<Value> operator, TensorType argument) {
        Value x = Value.input("x", argument);
        SparsityPattern found = Jacobian.pattern(operator.apply(x), x);
        return new OperatorMatrix(operator, argument, Compression.ofColumns(found), Origin.FOUND);
    }

    /**
     * The matrix of a linear function with a pattern that is taken on trust; {@link #verify} finds out if it lacks an entry.
     *
     * @param declared where the matrix may differ from zero, entries in any order
     * @throws ShapeException when the pattern has another size than the matrix
     */
    public static OperatorMatrix of(UnaryOperator<Value> operator, TensorType argument, SparsityPattern declared) {
        return new OperatorMatrix(operator, argument, Compression.ofColumns(sorted(declared)), Origin.DECLARED);
    }

    /**
     * The same matrix, said to be symmetric: often fewer images tell its values, because of an entry and its mirror image
     * one is enough. Taken on trust; {@link #verify} finds out.
     *
     * @throws IllegalArgumentException when the matrix is not square
     */
    public OperatorMatrix symmetric() {
        SparsityPattern mirrored = compression.pattern().symmetric();
        return new OperatorMatrix(operator, argument, Compression.ofSymmetric(mirrored), Origin.SYMMETRIC);
    }

    private static SparsityPattern sorted(SparsityPattern pattern) {
        Integer[] order = IntStream.range(0, pattern.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.<Integer>comparingInt(pattern::row).thenComparingInt(pattern::column));
        return SparsityPattern.of(
                pattern.rows(),
                pattern.columns(),
                Arrays.stream(order).mapToInt(pattern::row).toArray(),
                Arrays.stream(order).mapToInt(pattern::column).toArray());
    }

    /** @param sorted by rows, then columns */
    private static Pattern compressedRows(SparsityPattern sorted) {
        int[] rowStart = new int[sorted.rows() + 1];
        int[] columns = new int[sorted.size()];
        for (int k = 0; k < columns.length; k++) {
            rowStart[sorted.row(k) + 1]++;
            columns[k] = sorted.column(k);
        }
        Arrays.parallelPrefix(rowStart, Integer::sum);
        return Pattern.of(sorted.rows(), sorted.columns(), rowStart, columns);
    }

    /** The entries at zero, where a linear function has the same derivative as anywhere. */
    private static Value entries(UnaryOperator<Value> operator, TensorType argument, Compression compression) {
        Value x = Value.input("x", argument);
        Value entries = Jacobian.entries(operator.apply(x), x, compression, Jacobian.Mode.FORWARD);
        Closure closure = Closure.of(List.of(x), List.of(entries));
        List<Value> arguments = new ArrayList<>(List.of(Value.full(argument, 0)));
        arguments.addAll(closure.captured());
        return closure.graph().call(arguments).get(0);
    }

    /** Which entries are stored. */
    public Pattern pattern() {
        return pattern;
    }

    /** One number per entry, in the order of the pattern: {@code [entries]}. */
    public Value values() {
        return values;
    }

    /** Number of images that the values are made from. */
    public int colours() {
        return compression.colours();
    }

    /** The function. */
    UnaryOperator<Value> operator() {
        return operator;
    }

    /** What the function takes. */
    TensorType argument() {
        return argument;
    }

    /** Where the pattern comes from. */
    Origin origin() {
        return origin;
    }

    /**
     * Compares the matrix with the function on five random vectors: relative error at most 1e-6 in f64, 1e-4 in f32.
     *
     * @param device computes both
     * @param inputs numbers of all inputs of the graph that the function depends on
     * @return this matrix
     * @throws IllegalArgumentException when they differ, saying what may be wrong; or when an input has no numbers
     */
    public OperatorMatrix verify(Device device, Map<Value, Literal> inputs) {
        new Verification(this, Objects.requireNonNull(inputs, "inputs")).run(device);
        return this;
    }

    @Override
    public String toString() {
        return pattern + " from " + colours() + " images of a function of " + argument;
    }
}
