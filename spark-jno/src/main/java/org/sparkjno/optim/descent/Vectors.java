// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

/** Sums over vectors, in the order of their elements, so that they repeat to the bit. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** a ← a + factor·b. */
    static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
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
