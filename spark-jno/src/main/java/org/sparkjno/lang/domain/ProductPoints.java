// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.List;
import org.sparkjno.datasets.mesh.Points;

/**
 * All combinations of points of some clouds, the last one's fastest, with the products of their weights.
 *
 * @param factors fixed clouds
 */
record ProductPoints(List<Cloud> factors) implements Cloud {
    private static final long serialVersionUID = 1L;

    ProductPoints {
        factors = List.copyOf(factors);
    }

    @Override
    public int dimensions() {
        return factors.stream().mapToInt(Cloud::dimensions).sum();
    }

    @Override
    public boolean isRandom() {
        return factors.stream().anyMatch(Cloud::isRandom);
    }

    @Override
    public Points draw(long seed) {
        Points product = factors.get(0).draw(seed);
        for (Cloud factor : factors.subList(1, factors.size())) {
            product = product(product, factor.draw(seed));
        }
        return product;
    }

    private static Points product(Points a, Points b) {
        int d = a.dimensions() + b.dimensions();
        double[] coordinates = new double[a.count() * b.count() * d];
        double[] weights = new double[a.count() * b.count()];
        for (int i = 0; i < weights.length; i++) {
            int first = i / b.count();
            int second = i % b.count();
            System.arraycopy(a.point(first), 0, coordinates, i * d, a.dimensions());
            System.arraycopy(b.point(second), 0, coordinates, i * d + a.dimensions(), b.dimensions());
            weights[i] = a.weights()[first] * b.weights()[second];
        }
        return new Points(d, coordinates, new double[0], weights);
    }
}
