// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.random.RandomStream;

/**
 * Points in space and time; time is the last coordinate. Random points in space have a random time each, spread evenly over the
 * interval; fixed ones occur at each of some equally spaced times, with the weights of the trapezoidal rule.
 *
 * @param space points in space
 * @param start of the interval
 * @param end of the interval
 * @param slices number of times for fixed points, at least 2
 */
record InTime(Cloud space, double start, double end, int slices) implements Cloud {
    private static final long serialVersionUID = 1L;

    InTime {
        if (!(end > start) || slices < 2) {
            throw new IllegalArgumentException(
                    "A time interval needs an end after its start and at least 2 slices, but got " + start + " to "
                            + end + " in " + slices + ".");
        }
    }

    @Override
    public int dimensions() {
        return space.dimensions() + 1;
    }

    @Override
    public boolean isRandom() {
        return space.isRandom();
    }

    @Override
    public Optional<Arrangement> arrangement() {
        return space.arrangement().map(points -> points.at(new RegularGrid.Axis(slices, start, end, false)));
    }

    @Override
    public Points draw(long seed) {
        Points at = space.draw(seed);
        if (isRandom()) {
            double[] unit = Sampler.LATIN_HYPERCUBE.unitCube(
                    1, at.count(), RandomStream.named(seed, "time").key());
            double[] times =
                    Arrays.stream(unit).map(u -> start + (end - start) * u).toArray();
            double[] weights = Arrays.stream(at.weights())
                    .map(weight -> weight * (end - start))
                    .toArray();
            return Timed.of(at, times, weights);
        }
        double step = (end - start) / (slices - 1);
        int[] repeated =
                IntStream.range(0, at.count() * slices).map(i -> i / slices).toArray();
        double[] times = IntStream.range(0, repeated.length)
                .mapToDouble(i -> start + (i % slices) * step)
                .toArray();
        double[] weights = IntStream.range(0, repeated.length)
                .mapToDouble(i -> {
                    boolean end = i % slices == 0 || i % slices == slices - 1;
                    return at.weights()[i / slices] * (end ? step / 2 : step);
                })
                .toArray();
        return Timed.of(at.select(repeated), times, weights);
    }

    @Override
    public Cells cells() {
        Cells cells = space.cells();
        return isRandom() || cells.isNone() ? Cells.NONE : cells.repeated(slices);
    }
}
