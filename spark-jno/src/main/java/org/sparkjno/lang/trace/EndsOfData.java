// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.stream.IntStream;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.lang.domain.Arrangement;
import org.sparkjno.lang.domain.FieldSource;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.PointSource;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;

/**
 * Refuses Fourier derivatives of data that do not go on as the series does. Where a line of a periodic field closes, its first
 * and second differences (root mean squares over all parallel lines) are of the size of the others; those of a field that does
 * not close are larger, the more so the finer the grid. The even continuation of a field with a slope at an end has a kink there,
 * and so a large second difference.
 */
final class EndsOfData {
    /** How much larger than all others a difference at the seam may be; it is about as large where the field closes. */
    private static final double LARGEST = 4;
    /** So many samples are looked at of data that would first have to be read or made. */
    private static final int FEW = 16;

    private final FieldSource field;
    private final double[] values;
    private final int samples;
    private final int components;

    private EndsOfData(FieldSource field, int points) {
        this.field = field;
        this.components = Math.toIntExact(field.components().size());
        int all = field.samples().isNone() ? 1 : field.samples().count();
        boolean given = field.numbers() instanceof Numbers.Given;
        this.samples = given ? all : Math.min(all, FEW);
        this.values = field.numbers() instanceof Numbers.OnDemand stored
                ? stored.rows(IntStream.range(0, samples).toArray())
                : field.numbers().draw(samples * points * components, 0);
    }

    /** Looks at what a derivative is taken of, if that is data. */
    static void check(Scheme scheme, Term.Differentiate derivative, Expression target) {
        boolean fourier = scheme == Scheme.SPECTRAL || scheme == Scheme.COSINE;
        if (!fourier
                || !(target.plain().term() instanceof Term.Variable variable)
                || !(variable.source() instanceof FieldSource field)) {
            return;
        }
        Arrangement arrangement = FieldDerivatives.arrangement(scheme, derivative);
        int points = arrangement.counts().stream().reduce(1, Math::multiplyExact);
        EndsOfData ends = new EndsOfData(field, points);
        for (Source source : derivative.coordinates()) {
            int factor = arrangement.factorOf(((PointSource.Coordinate) source).index());
            if (arrangement.factors().get(factor) instanceof Arrangement.Line line
                    && line.axis().periodic() == (scheme == Scheme.SPECTRAL)) {
                int inner = arrangement
                        .counts()
                        .subList(factor + 1, arrangement.counts().size())
                        .stream()
                        .reduce(ends.components, Math::multiplyExact);
                ends.check(scheme, source.name(), line.axis(), inner);
            }
        }
    }

    private void check(Scheme scheme, String coordinate, RegularGrid.Axis line, int inner) {
        int each = values.length / samples;
        for (int sample = 0; sample < samples; sample++) {
            if (scheme == Scheme.COSINE) {
                requireNoSlope(coordinate, sample, line.points(), sample * each, each, inner);
            } else {
                requireClosed(coordinate, sample, line.points(), sample * each, each, inner);
            }
        }
    }

    private void requireClosed(String coordinate, int sample, int n, int from, int each, int inner) {
        double jump = jump(n, n - 1, from, each, inner);
        double kink = Math.max(kink(n, 0, from, each, inner), kink(n, n - 1, from, each, inner));
        double largestJump = 0;
        double largestKink = 0;
        for (int i = 0; i < n - 1; i++) {
            largestJump = Math.max(largestJump, jump(n, i, from, each, inner));
            largestKink = i == 0 ? largestKink : Math.max(largestKink, kink(n, i, from, each, inner));
        }
        double rounding = rounding(from, each);
        if (jump > Math.max(LARGEST * largestJump, rounding) || kink > Math.max(LARGEST * largestKink, rounding)) {
            throw new ExpressionException(described(sample) + " is not periodic in " + coordinate
                    + ": where its end meets its"
                    + " beginning it jumps by " + rounded(jump) + ", neighbours elsewhere differ by at most "
                    + rounded(largestJump) + ", and second differences are " + rounded(kink) + " there and at most "
                    + rounded(largestKink) + " elsewhere; use by(Scheme.FINITE_DIFFERENCES) on Domain.grid, or"
                    + " leave out the repeated end if the data hold it.");
        }
    }

    private void requireNoSlope(String coordinate, int sample, int n, int from, int each, int inner) {
        double kink = 2 * Math.max(jump(n, 0, from, each, inner), jump(n, n - 2, from, each, inner));
        double largestKink = 0;
        for (int i = 1; i < n - 1; i++) {
            largestKink = Math.max(largestKink, kink(n, i, from, each, inner));
        }
        if (kink > Math.max(LARGEST * largestKink, rounding(from, each))) {
            throw new ExpressionException(described(sample) + " has a slope at an end in " + coordinate + ": its even"
                    + " continuation has a second difference of " + rounded(kink) + " there and of at most "
                    + rounded(largestKink) + " elsewhere; use by(Scheme.FINITE_DIFFERENCES).");
        }
    }

    private String described(int sample) {
        return "The field '" + field.name() + "'" + (field.samples().isNone() ? "" : " of sample " + sample);
    }

    private static String rounded(double value) {
        return String.valueOf((float) value);
    }

    /** Below this differences of a sample say nothing. */
    private double rounding(int from, int each) {
        double largest = 0;
        for (int i = from; i < from + each; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return 1e-6 * largest;
    }

    /** The root mean square of the differences between a point of all lines of a sample and the next one. */
    private double jump(int n, int i, int from, int each, int inner) {
        return difference(n, from, each, inner, new int[] {i, i + 1}, new double[] {-1, 1});
    }

    private double kink(int n, int i, int from, int each, int inner) {
        return difference(n, from, each, inner, new int[] {i - 1, i, i + 1}, new double[] {1, -2, 1});
    }

    private double difference(int n, int from, int each, int inner, int[] points, double[] factors) {
        double squares = 0;
        for (int start = from; start < from + each; start += n * inner) {
            for (int line = 0; line < inner; line++) {
                double sum = 0;
                for (int k = 0; k < points.length; k++) {
                    sum += factors[k] * values[start + Math.floorMod(points[k], n) * inner + line];
                }
                squares += sum * sum;
            }
        }
        return Math.sqrt(squares * n / each);
    }
}
