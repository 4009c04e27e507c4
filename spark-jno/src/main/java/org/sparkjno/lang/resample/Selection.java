// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/** Ways to choose among points. */
final class Selection {
    private Selection() {}

    /** All of some points and then of others, with equal weights of the same sum as the first. */
    static Points join(Points first, Points second) {
        double[] weights = new double[first.count() + second.count()];
        Arrays.fill(weights, first.measure() / weights.length);
        return new Points(
                first.dimensions(),
                concatenated(first.coordinates(), second.coordinates()),
                concatenated(first.normals(), second.normals()),
                weights);
    }

    /** The same points with equal weights of this sum. */
    static Points even(Points points, double measure) {
        double[] weights = new double[points.count()];
        Arrays.fill(weights, measure / weights.length);
        return new Points(points.dimensions(), points.coordinates(), points.normals(), weights);
    }

    /**
     * The same points with weights of this sum, inverse to the densities with which they were drawn, so that weighted sums estimate
     * integrals: A. B. Owen, "Monte Carlo theory, methods and examples", 2013, section 9.2.
     */
    static Points inverse(Points points, double[] density, double measure) {
        double sum = Arrays.stream(density).map(one -> 1 / one).sum();
        double[] weights =
                Arrays.stream(density).map(one -> measure / (sum * one)).toArray();
        return new Points(points.dimensions(), points.coordinates(), points.normals(), weights);
    }

    private static double[] concatenated(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** The density |r|^k/mean(|r|^k) + c of residuals. */
    static double[] density(double[] residuals, double power, double constant) {
        double[] density = Arrays.stream(residuals)
                .map(residual -> StrictMath.pow(Math.abs(residual), power))
                .toArray();
        double mean = Arrays.stream(density).average().orElse(1);
        // Where all residuals are zero, no point is better than another.
        return Arrays.stream(density)
                .map(one -> (mean > 0 ? one / mean : 1) + constant)
                .toArray();
    }

    /**
     * Some of the numbers 0, 1, … without replacement, each with a probability in the ratio of its density: P. S. Efraimidis, P. G.
     * Spirakis, "Weighted random sampling with a reservoir", Inf. Process. Lett. 97, 2006, algorithm A.
     */
    static int[] weighted(double[] density, int count, RandomStream random) {
        double[] keys = new double[density.length];
        Arrays.setAll(keys, i -> StrictMath.log(random.uniform(i)) / density[i]);
        return IntStream.range(0, density.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -keys[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** Some of the numbers 0 … n−1, each as likely as another. */
    static int[] uniform(int n, int count, RandomStream random) {
        double[] even = new double[n];
        Arrays.fill(even, 1);
        return weighted(even, count, random);
    }

    /** The first numbers. */
    static int[] first(int count) {
        return IntStream.range(0, count).toArray();
    }
}
