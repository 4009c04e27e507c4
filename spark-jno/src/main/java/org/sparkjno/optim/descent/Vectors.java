// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

/** Sums over vectors, always in the same order of their elements, so that they repeat to the bit. */
final class Vectors {
    private Vectors() {}

    /** Four sums of every fourth product, because one sum waits for each addition before the next. */
    static double dot(double[] a, double[] b) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int even = a.length & ~3;
        for (int i = 0; i < even; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (int i = even; i < a.length; i++) {
            first += a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    /** a ← a + factor·b. */
    static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
        }
    }

    /** a ← factor·a. */
    static void scale(double factor, double[] a) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }

    static double[] scaled(double factor, double[] a) {
        double[] scaled = new double[a.length];
        add(scaled, factor, a);
        return scaled;
    }

    static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    /** Largest absolute value. */
    static double largest(double[] a) {
        double largest = 0;
        for (double element : a) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }

    /** Sum of absolute values. */
    static double absoluteSum(double[] a) {
        double sum = 0;
        for (double element : a) {
            sum += Math.abs(element);
        }
        return sum;
    }
}
