// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.LoopOp;

/** What the iterations of a loop take and what they leave: dependence, and numbers where these are known. */
final class LoopDependence {
    private final LoopOp.Scan scan;
    private final List<int[][]> operands;
    private final List<double[]> numbers;
    private final int[][][] results;
    private boolean isSettled;

    /** Before the first iteration; null stands for what does not depend, and for what is not known. */
    LoopDependence(LoopOp.Scan scan, List<int[][]> operands, List<double[]> numbers) {
        this.scan = scan;
        this.operands = new ArrayList<>(operands);
        this.numbers = new ArrayList<>(numbers);
        this.results = new int[scan.resultCount()][][];
    }

    /** Whether all further iterations would do what the last one did. */
    boolean isSettled() {
        return isSettled;
    }

    /** Columns of what the body takes as input {@code i}; null when it does not depend. */
    int[][] columns(int i, int step) {
        int[][] all = operands.get(i);
        if (all == null || !scan.isSequence(i)) {
            return all;
        }
        int size = all.length / scan.length();
        return Arrays.copyOfRange(all, slice(step) * size, (slice(step) + 1) * size);
    }

    /** Numbers of what the body takes as input {@code i}; null when they are not known. */
    double[] numbers(int i, int step) {
        double[] all = numbers.get(i);
        if (all == null || !scan.isSequence(i)) {
            return all;
        }
        int size = all.length / scan.length();
        return Arrays.copyOfRange(all, slice(step) * size, (slice(step) + 1) * size);
    }

    private int slice(int step) {
        return scan.backwards() ? scan.length() - 1 - step : step;
    }

    /**
     * Takes up what an iteration left.
     *
     * @param columns of all outputs of the body
     * @param known numbers of the carries
     */
    void advance(int step, int[][][] columns, double[][] known) {
        if (scan.checkpoints().areResults() && step % scan.every() == 0) {
            int number = step / scan.every();
            int count = (scan.length() + scan.every() - 1) / scan.every();
            for (int i = 0; i < scan.carries(); i++) {
                put(scan.body().outputs().size() + i, operands.get(i), scan.backwards() ? count - 1 - number : number);
            }
        }
        isSettled = !scan.checkpoints().areResults() && isSteady();
        for (int i = 0; i < columns.length; i++) {
            if (i < scan.carries()) {
                isSettled &= Arrays.deepEquals(operands.get(i), columns[i]) && Arrays.equals(numbers.get(i), known[i]);
                operands.set(i, columns[i]);
                numbers.set(i, known[i]);
            }
        }
        int last = isSettled ? scan.length() - 1 : step;
        for (int i = scan.carries(); i < columns.length; i++) {
            for (int later = step; later <= last; later++) {
                put(i, columns[i], slice(later));
            }
        }
    }

    /** Whether all iterations take the same slices, as far as it matters here. */
    private boolean isSteady() {
        return IntStream.range(scan.carries(), scan.carries() + scan.sequences())
                .allMatch(i -> operands.get(i) == null && numbers.get(i) == null);
    }

    private void put(int result, int[][] slice, int at) {
        if (slice == null) {
            return;
        }
        if (results[result] == null) {
            results[result] =
                    new int[Math.toIntExact(scan.result(result).shape().size())][];
            Arrays.fill(results[result], ColumnSets.NONE);
        }
        System.arraycopy(slice, 0, results[result], at * slice.length, slice.length);
    }

    /** Of all results after the last iteration. */
    List<int[][]> columns() {
        for (int i = 0; i < scan.carries(); i++) {
            results[i] = operands.get(i);
        }
        return Arrays.asList(results);
    }
}
