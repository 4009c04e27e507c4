// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;

/** The samples of one replica in memory, in the order of their indices whatever order they came in. */
public final class SampleStore {
    private final Shape inputShape;
    private final Shape targetShape;
    private final List<TrainingPair> samples;

    private SampleStore(Shape inputShape, Shape targetShape, List<TrainingPair> samples) {
        this.inputShape = inputShape;
        this.targetShape = targetShape;
        this.samples = samples;
    }

    /**
     * Takes all samples of an iterator.
     *
     * @param inputShape of one input, {@code [axis…, channels]}
     * @param targetShape of one target, {@code [axis…, channels]}
     * @throws IllegalArgumentException when a sample has another size, a number that is not finite, or the index of another
     */
    public static SampleStore of(Shape inputShape, Shape targetShape, Iterator<TrainingPair> pairs) {
        List<TrainingPair> samples = new ArrayList<>();
        while (pairs.hasNext()) {
            TrainingPair pair = pairs.next();
            check(pair.index(), "input", pair.input(), inputShape);
            check(pair.index(), "target", pair.target(), targetShape);
            samples.add(pair);
        }
        samples.sort(Comparator.comparingLong(TrainingPair::index));
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).index() == samples.get(i - 1).index()) {
                throw new IllegalArgumentException("Two samples have the index "
                        + samples.get(i).index() + "; number the samples of a data set differently.");
            }
        }
        return new SampleStore(inputShape, targetShape, samples);
    }

    private static void check(long index, String what, float[] values, Shape shape) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException("The " + what + " of sample " + index + " has " + values.length
                    + " values, but its shape " + shape + " needs " + shape.size() + "; all samples need one grid.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("The " + what + " of sample " + index + " is " + values[i]
                        + " at position " + i + "; repair or remove the sample.");
            }
        }
    }

    /** Shape of one input. */
    public Shape inputShape() {
        return inputShape;
    }

    /** Shape of one target. */
    public Shape targetShape() {
        return targetShape;
    }

    /** Number of samples. */
    public int size() {
        return samples.size();
    }

    /** A sample by its position. */
    public TrainingPair get(int row) {
        return samples.get(row);
    }

    /**
     * Copies a batch to host memory.
     *
     * @param rows positions of its samples
     * @param inputs room for their inputs, one after another, in the byte order of the memory
     * @param targets room for their targets
     * @param precision f32 or f64
     */
    void copy(int[] rows, ByteBuffer inputs, ByteBuffer targets, DType precision) {
        for (int i = 0; i < rows.length; i++) {
            put(inputs, i, samples.get(rows[i]).input(), precision);
            put(targets, i, samples.get(rows[i]).target(), precision);
        }
    }

    private static void put(ByteBuffer memory, int place, float[] values, DType precision) {
        int start = place * values.length;
        if (precision == DType.F64) {
            for (int i = 0; i < values.length; i++) {
                memory.putDouble((start + i) * Double.BYTES, values[i]);
            }
        } else {
            memory.asFloatBuffer().put(start, values);
        }
    }
}
