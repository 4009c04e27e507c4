// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.expression.ExpressionException;

/**
 * A Gaussian random field of mean zero, as a sum of waves with random amplitudes. In open space the wave vectors are random, of
 * the distribution that is the Fourier transform of the covariance: A. Rahimi, B. Recht, "Random features for large-scale kernel
 * machines", NIPS 2007. Then the covariance is exact in the mean, and the field is Gaussian for many waves. On a periodic box they
 * are those of the box, and the field is Gaussian with exactly the covariance of the waves that are kept.
 *
 * @param length correlation length
 * @param smoothness ν of Matérn's covariance, a multiple of 1/2; infinite for the squared exponential exp(−r²/(2·length²))
 * @param deviation standard deviation of each value
 * @param waves number of waves; on a periodic box the largest number of periods along a coordinate
 * @param periods of the box along each coordinate; empty in open space
 */
public record RandomField(double length, double smoothness, double deviation, int waves, List<Double> periods)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RandomField {
        periods = List.copyOf(periods);
        if (!(length > 0) || !(deviation >= 0) || waves < 1) {
            throw new IllegalArgumentException(
                    "A random field needs a positive correlation length, a deviation of 0 or more"
                            + " and at least one wave, but got " + length + ", " + deviation + " and " + waves + ".");
        }
        boolean half = smoothness > 0 && 2 * smoothness == Math.rint(2 * smoothness);
        if (!half) {
            throw new IllegalArgumentException(
                    "The smoothness of a random field is a multiple of 1/2, such as 1.5, not " + smoothness + ".");
        }
    }

    /** With the covariance exp(−r²/(2·length²)). */
    public static RandomField squaredExponential(double length) {
        return new RandomField(length, Double.POSITIVE_INFINITY, 1, 256, List.of());
    }

    /** With Matérn's covariance; ν = 1/2 is exp(−r/length). */
    public static RandomField matern(double smoothness, double length) {
        return new RandomField(length, smoothness, 1, 256, List.of());
    }

    /** With values of this standard deviation. */
    public RandomField deviation(double other) {
        return new RandomField(length, smoothness, other, waves, periods);
    }

    /** Of so many random waves. */
    public RandomField waves(int count) {
        return new RandomField(length, smoothness, deviation, count, periods);
    }

    /**
     * Periodic in a box.
     *
     * @param most periods of a wave along each coordinate
     * @param box extents of the box
     */
    public RandomField periodic(int most, double... box) {
        return new RandomField(
                length, smoothness, deviation, most, Arrays.stream(box).boxed().toList());
    }

    /**
     * One independent field for each sample.
     *
     * @param name tells fields apart
     * @param points where they have values
     */
    public Numbers at(String name, Points points) {
        return new Numbers.Rows(name, new AtPoints(this, points), points.count());
    }

    /** One independent field for each sample at the fixed points of a region. */
    public Numbers at(String name, Region region) {
        if (region.cloud().isRandom()) {
            throw new ExpressionException("A random field has values at fixed points, but those of " + region
                    + " are random; use a grid, a mesh or points.");
        }
        return at(name, region.cloud().draw(0));
    }

    private record AtPoints(RandomField field, Points points) implements Numbers.Row {
        private static final long serialVersionUID = 1L;

        @Override
        public double[] of(RandomStream stream) {
            return field.periods.isEmpty() ? field.open(stream, points) : field.inBox(stream, points);
        }
    }

    private double[] open(RandomStream stream, Points points) {
        int d = points.dimensions();
        RandomStream directions = RandomStream.named(stream.key(), "directions");
        RandomStream scales = RandomStream.named(stream.key(), "scales");
        double[] values = new double[points.count()];
        double amplitude = deviation / Math.sqrt(waves);
        for (int wave = 0; wave < waves; wave++) {
            double[] vector = new double[d];
            double scale = scale(scales, wave);
            for (int i = 0; i < d; i++) {
                vector[i] = directions.gaussian((long) wave * d + i) / scale;
            }
            add(values, points, vector, amplitude, stream, wave);
        }
        return values;
    }

    /** For Matérn's covariance a wave vector has the distribution of Student, a normal one over the root of a χ² one. */
    private double scale(RandomStream stream, int wave) {
        if (Double.isInfinite(smoothness)) {
            return length;
        }
        int degrees = (int) Math.round(2 * smoothness);
        double squares = 0;
        for (int i = 0; i < degrees; i++) {
            double normal = stream.gaussian((long) wave * degrees + i);
            squares += normal * normal;
        }
        return length * Math.sqrt(squares / degrees);
    }

    private double[] inBox(RandomStream stream, Points points) {
        int d = points.dimensions();
        if (periods.size() != d) {
            throw new ExpressionException("The box of the random field has " + periods.size()
                    + " periods, but the points have " + d + " coordinates; give one period for each.");
        }
        List<double[]> vectors = new ArrayList<>();
        int side = 2 * waves + 1;
        int count = (int) Math.pow(side, d);
        // A wave and its opposite are one, so half of them are enough, and the one in the middle is constant.
        for (int number = count / 2; number < count; number++) {
            double[] vector = new double[d];
            int rest = number;
            for (int i = 0; i < d; i++) {
                vector[i] = 2 * Math.PI * (rest % side - waves) / periods.get(i);
                rest /= side;
            }
            vectors.add(vector);
        }
        double[] powers = vectors.stream().mapToDouble(this::density).toArray();
        powers[0] /= 2;
        double sum = Arrays.stream(powers).sum();
        double[] values = new double[points.count()];
        for (int wave = 0; wave < powers.length; wave++) {
            add(values, points, vectors.get(wave), deviation * Math.sqrt(powers[wave] / sum), stream, wave);
        }
        return values;
    }

    /** The Fourier transform of the covariance, up to a factor. */
    private double density(double[] vector) {
        double square = 0;
        for (double component : vector) {
            square += component * component * length * length;
        }
        return Double.isInfinite(smoothness)
                ? StrictMath.exp(-square / 2)
                : StrictMath.pow(1 + square / (2 * smoothness), -smoothness - vector.length / 2.0);
    }

    private static void add(
            double[] values, Points points, double[] vector, double amplitude, RandomStream stream, int wave) {
        double a = amplitude * stream.gaussian(2L * wave);
        double b = amplitude * stream.gaussian(2L * wave + 1);
        int d = vector.length;
        for (int i = 0; i < values.length; i++) {
            double phase = 0;
            for (int k = 0; k < d; k++) {
                phase += vector[k] * points.coordinates()[i * d + k];
            }
            values[i] += a * Math.cos(phase) + b * Math.sin(phase);
        }
    }
}
