// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.io.Serializable;
import org.sparkjno.kernels.graph.DType;

/**
 * A line search for the strong Wolfe conditions f(α) ≤ f(0) + c₁αf′(0) and |f′(α)| ≤ c₂|f′(0)|: J. Nocedal, S. J.
 * Wright, "Numerical optimization", 2nd ed., 2006, algorithms 3.5 and 3.6, with cubic interpolation (equation 3.59).
 * Points where the loss is not finite count as too far.
 *
 * @param decrease c₁
 * @param curvature c₂
 * @param noise rounding error of the loss, relative to it: as much does not count as an increase
 * @param evaluations at most so many; then the best point with enough decrease is taken, if there is one
 */
public record StrongWolfe(double decrease, double curvature, double noise, int evaluations) implements Serializable {
    /** Part of an interval that the next point keeps away from its ends. */
    private static final double MARGIN = 0.1;

    /** How far an interval is extended at most, in multiples of its length. */
    private static final double REACH = 9;

    public StrongWolfe {
        if (!(decrease > 0 && decrease < curvature && curvature < 1 && noise >= 0) || evaluations < 2) {
            throw new IllegalArgumentException(
                    "A line search needs 0 < decrease < curvature < 1, noise of 0 or more and at"
                            + " least two evaluations, but got decrease " + decrease + ", curvature " + curvature
                            + ", noise "
                            + noise + " and " + evaluations + " evaluations.");
        }
    }

    /** The usual 1e-4 and 0.9, and at most 40 evaluations, for a loss computed in this precision. */
    public static StrongWolfe of(DType precision) {
        return new StrongWolfe(1e-4, 0.9, precision == DType.F64 ? 1e-15 : 1e-6, 40);
    }

    /**
     * What a search found.
     *
     * @param point where it ended, or null where no decrease was found
     * @param evaluations how many it took
     */
    record Found(Point point, int evaluations) {}

    /**
     * Searches along a ray.
     *
     * @param start with the slope along the direction, which is negative
     * @param first length to try first
     */
    Found search(Objective objective, Point start, double[] direction, double first) {
        return new Search(objective, start, direction).run(first);
    }

    /** One search. */
    private final class Search {
        private final Objective objective;
        private final Point start;
        private final double[] direction;
        private int count;

        Search(Objective objective, Point start, double[] direction) {
            this.objective = objective;
            this.start = start;
            this.direction = direction;
        }

        /** Algorithm 3.5: steps of growing length until an interval holds a good one. */
        Found run(double first) {
            Point before = start;
            double length = first;
            while (count < evaluations) {
                Point here = evaluate(length);
                if (!decreases(here) || count > 1 && here.value() >= before.value()) {
                    return narrowed(before, here);
                }
                if (isFlat(here)) {
                    return new Found(here, count);
                }
                if (here.slope() >= 0) {
                    return narrowed(here, before);
                }
                double step = here.length() - before.length();
                length = within(minimiser(before, here), here.length() + MARGIN * step, here.length() + REACH * step);
                before = here;
            }
            return best(before);
        }

        /** Algorithm 3.6: {@code low} has the least loss so far, and descends towards {@code high}. */
        private Found narrowed(Point from, Point to) {
            Point low = from;
            Point high = to;
            while (count < evaluations && isWide(low, high)) {
                double least = Math.min(low.length(), high.length());
                double most = Math.max(low.length(), high.length());
                double margin = MARGIN * (most - least);
                double guess = high.isFinite() ? minimiser(low, high) : Double.NaN;
                Point here = evaluate(within(guess, least + margin, most - margin));
                if (!decreases(here) || here.value() > low.value() + slack()) {
                    high = here;
                } else if (isFlat(here)) {
                    return new Found(here, count);
                } else {
                    if (here.slope() * (high.length() - low.length()) >= 0) {
                        high = low;
                    }
                    low = here;
                }
            }
            return best(low);
        }

        private Point evaluate(double length) {
            count++;
            return start.at(length, direction, objective);
        }

        /** The best point so far, where it is better than the start beyond doubt. */
        private Found best(Point low) {
            return new Found(low.value() < start.value() ? low : null, count);
        }

        private boolean decreases(Point here) {
            return here.isFinite()
                    && here.value() <= start.value() + decrease * here.length() * start.slope() + slack();
        }

        private boolean isFlat(Point here) {
            return Math.abs(here.slope()) <= curvature * Math.abs(start.slope());
        }

        private double slack() {
            return noise * Math.abs(start.value());
        }

        private boolean isWide(Point low, Point high) {
            return Math.abs(high.length() - low.length()) > 1e-16 * Math.max(low.length(), high.length());
        }
    }

    /** Middle of the bounds where there is no number. */
    private static double within(double guess, double least, double most) {
        return Double.isFinite(guess) ? Math.max(least, Math.min(most, guess)) : 0.5 * (least + most);
    }

    /** Where the cubic through two points with their slopes has its minimum; NaN where it has none. */
    private static double minimiser(Point a, Point b) {
        double d1 = a.slope() + b.slope() - 3 * (a.value() - b.value()) / (a.length() - b.length());
        double root = Math.sqrt(d1 * d1 - a.slope() * b.slope());
        double d2 = b.length() > a.length() ? root : -root;
        return b.length() - (b.length() - a.length()) * (b.slope() + d2 - d1) / (b.slope() - a.slope() + 2 * d2);
    }
}
