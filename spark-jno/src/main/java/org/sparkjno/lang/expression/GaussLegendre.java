// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/**
 * The quadrature of Gauss and Legendre between 0 and 1, whose nodes are roots of a Legendre polynomial by Newton's method: P. J. Davis,
 * P. Rabinowitz, "Methods of Numerical Integration", 2nd edition, 1984, section 2.7.
 *
 * @param nodes ascending
 * @param weights which sum to 1
 */
public record GaussLegendre(double[] nodes, double[] weights) {
    /** The quadrature with so many nodes. */
    public static GaussLegendre of(int count) {
        double[] nodes = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double x = -StrictMath.cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 1;
            for (int iteration = 0; iteration < 8; iteration++) {
                double before = 1;
                double value = x;
                for (int k = 2; k <= count; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
                    before = value;
                    value = next;
                }
                slope = count * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            nodes[i] = (x + 1) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }
}
