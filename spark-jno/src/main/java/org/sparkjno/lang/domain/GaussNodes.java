// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.Arrays;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.lang.expression.GaussLegendre;

/**
 * The nodes and weights of Gauss and Legendre on an interval.
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
        GaussLegendre rule = GaussLegendre.of(count);
        double[] nodes =
                Arrays.stream(rule.nodes()).map(x -> from + (to - from) * x).toArray();
        double[] weights =
                Arrays.stream(rule.weights()).map(w -> (to - from) * w).toArray();
        return new Points(1, nodes, new double[0], weights);
    }
}
