// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.compiled;

import java.util.Arrays;

/**
 * A precision of machine code, with what Java itself does with its arrays.
 *
 * @param <V> type of its arrays
 */
public abstract sealed class Real<V> {
    /** Eight bytes. */
    public static final Real<double[]> DOUBLE = new Doubles();
    /** Four bytes: seven digits. */
    public static final Real<float[]> SINGLE = new Floats();

    private final String name;
    private final int bytes;

    private Real(String name, int bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Size of one number in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Zeros. */
    public abstract V zeros(int length);

    /** How many numbers there are. */
    public abstract int length(V numbers);

    /** These numbers; it may be the array itself, so it is to be read only. */
    public abstract V of(double[] numbers);

    /** Copies {@code count} numbers, rounded to this precision. */
    public abstract void copy(double[] from, int first, V to, int at, int count);

    /** Zeros in elements {@code from} to {@code to - 1}. */
    public abstract void clear(V numbers, int from, int to);

    /** y = y + x. */
    public abstract void add(V x, V y);

    /** As C calls it. */
    @Override
    public String toString() {
        return name;
    }

    private static final class Doubles extends Real<double[]> {
        Doubles() {
            super("double", Double.BYTES);
        }

        @Override
        public double[] zeros(int length) {
            return new double[length];
        }

        @Override
        public int length(double[] numbers) {
            return numbers.length;
        }

        @Override
        public double[] of(double[] numbers) {
            return numbers;
        }

        @Override
        public void copy(double[] from, int first, double[] to, int at, int count) {
            System.arraycopy(from, first, to, at, count);
        }

        @Override
        public void clear(double[] numbers, int from, int to) {
            Arrays.fill(numbers, from, to, 0);
        }

        @Override
        public void add(double[] x, double[] y) {
            for (int i = 0; i < y.length; i++) {
                y[i] += x[i];
            }
        }
    }

    private static final class Floats extends Real<float[]> {
        Floats() {
            super("float", Float.BYTES);
        }

        @Override
        public float[] zeros(int length) {
            return new float[length];
        }

        @Override
        public int length(float[] numbers) {
            return numbers.length;
        }

        @Override
        public float[] of(double[] numbers) {
            float[] rounded = new float[numbers.length];
            copy(numbers, 0, rounded, 0, rounded.length);
            return rounded;
        }

        @Override
        public void copy(double[] from, int first, float[] to, int at, int count) {
            for (int i = 0; i < count; i++) {
                to[at + i] = (float) from[first + i];
            }
        }

        @Override
        public void clear(float[] numbers, int from, int to) {
            Arrays.fill(numbers, from, to, 0);
        }

        @Override
        public void add(float[] x, float[] y) {
            for (int i = 0; i < y.length; i++) {
                y[i] += x[i];
            }
        }
    }
}
