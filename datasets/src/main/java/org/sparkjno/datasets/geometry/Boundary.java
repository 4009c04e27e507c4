// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.mesh.Points;

/**
 * Some or all of the patches around a region.
 *
 * @param dimensions of the region
 */
record Boundary(int dimensions, List<Patch> patches) {
    double measure() {
        return patches.stream().mapToDouble(Patch::measure).sum();
    }

    /** The names of the patches, each once, in their order. */
    List<String> tags() {
        return patches.stream().map(Patch::tag).distinct().toList();
    }

    /**
     * The patches of one name.
     *
     * @throws IllegalArgumentException if there are none
     */
    Boundary named(String tag) {
        List<Patch> found =
                patches.stream().filter(patch -> patch.tag().equals(tag)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("No part of the boundary is tagged '" + tag + "'; use one of " + tags()
                    + ", or name a part with tagged(...).");
        }
        return new Boundary(dimensions, found);
    }

    Points sample(int count, Sampler sampler, long seed) {
        return sampler == Sampler.GRID ? grid(count) : spread(count, sampler, seed);
    }

    private Points grid(int count) {
        double whole = measure();
        List<double[]> rows = new ArrayList<>();
        List<double[]> weights = new ArrayList<>();
        for (Patch patch : patches) {
            // Rounding must not make a share of exactly k points one of k + 1.
            int share = Math.max(1, (int) Math.ceil(count * patch.measure() / whole - 1e-9));
            double[] extents = patch.extents();
            double[] kept = new Draw(patch, extents.length, 2 * dimensions).grid(share, extents);
            int found = kept.length / (2 * dimensions);
            double[] weight = new double[found];
            Arrays.fill(weight, patch.measure() / found);
            rows.add(kept);
            weights.add(weight);
        }
        return points(concatenated(rows), concatenated(weights));
    }

    private Points spread(int count, Sampler sampler, long seed) {
        double[] weights = new double[count];
        Arrays.fill(weights, measure() / count);
        int chartDimensions = Math.max(1, dimensions - 1);
        return points(new Draw(chart(), chartDimensions, 2 * dimensions).rows(count, sampler, seed), weights);
    }

    /** All charts side by side along the first coordinate, each as wide as it is large. */
    private Chart chart() {
        double[] ends = new double[patches.size()];
        double sum = 0;
        for (int i = 0; i < ends.length; i++) {
            sum += patches.get(i) instanceof Trimmed trimmed
                    ? trimmed.surface().measure()
                    : patches.get(i).measure();
            ends[i] = sum;
        }
        return (unit, row) -> {
            double position = unit[0] * ends[ends.length - 1];
            int patch = 0;
            while (patch < ends.length - 1 && position >= ends[patch]) {
                patch++;
            }
            double start = patch == 0 ? 0 : ends[patch - 1];
            double[] local = unit.clone();
            local[0] = (position - start) / (ends[patch] - start);
            return patches.get(patch).place(local, row);
        };
    }

    private Points points(double[] rows, double[] weights) {
        double[] coordinates = new double[rows.length / 2];
        double[] normals = new double[rows.length / 2];
        for (int i = 0; i < weights.length; i++) {
            System.arraycopy(rows, 2 * i * dimensions, coordinates, i * dimensions, dimensions);
            System.arraycopy(rows, (2 * i + 1) * dimensions, normals, i * dimensions, dimensions);
        }
        return new Points(dimensions, coordinates, normals, weights);
    }

    private static double[] concatenated(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
