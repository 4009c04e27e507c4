// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.datasets.mesh.Points;

/**
 * The nodes and weights of Gauss and Legendre on an interval, roots of a Legendre polynomial by Newton's method: P. J. Davis,
 * P. Rabinowitz, "Methods of Numerical Integration", 2nd edition, 1984, section 2.7.
 *
 * @param from start of the interval
 * @param to end of the interval
 * @param count number of nodes
 */
record GaussNodes(double from, double to, int count) implements Cloud {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return 1;
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public Points draw(long seed) {
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
            nodes[i] = from + (to - from) * (x + 1) / 2;
            weights[i] = (to - from) / ((1 - x * x) * slope * slope);
        }
        return new Points(1, nodes, new double[0], weights);
    }
}
