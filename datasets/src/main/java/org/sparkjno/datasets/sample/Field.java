// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * A named array of values, row-major. Immutable by contract: the data array is handed over and handed out without a
 * copy, and nobody writes to it afterwards.
 */
public final class Field implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final int[] shape;
    private final double[] data;

    /**
     * Wraps the data.
     *
     * @param name what the values are, for example {@code "coefficient"}
     * @param shape points per axis, slowest first
     * @param data one value per point
     * @throws IllegalArgumentException if the number of values is not that of the shape
     */
    public Field(String name, int[] shape, double[] data) {
        this.name = Objects.requireNonNull(name, "name");
        this.shape = shape.clone();
        this.data = data;
        long points = 1;
        for (int length : shape) {
            points = Math.multiplyExact(points, (long) length);
        }
        if (points != data.length) {
            throw new IllegalArgumentException("Field '" + name + "' of shape " + Arrays.toString(shape) + " needs "
                    + points + " values, but has " + data.length + ".");
        }
    }

    public String name() {
        return name;
    }

    public int[] shape() {
        return shape.clone();
    }

    /** The values themselves, to be read only. */
    public double[] data() {
        return data;
    }

    /** Every {@code stride}-th point of each axis, from the first. */
    public Field subsample(int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException("The stride must be positive, but is " + stride + ".");
        }
        int[] coarse = new int[shape.length];
        int points = 1;
        for (int d = 0; d < shape.length; d++) {
            coarse[d] = (shape[d] - 1) / stride + 1;
            points *= coarse[d];
        }
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            int rest = i;
            int source = 0;
            int step = 1;
            for (int d = shape.length - 1; d >= 0; d--) {
                source += rest % coarse[d] * stride * step;
                rest /= coarse[d];
                step *= shape[d];
            }
            values[i] = data[source];
        }
        return new Field(name, coarse, values);
    }

    /** Equal fields have equal names, shapes and bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Field field
                && name.equals(field.name)
                && Arrays.equals(shape, field.shape)
                && Arrays.equals(data, field.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
