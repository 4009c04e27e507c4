// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a discrete Fourier transform of n points of which m modes are wanted: n factored into radices, each of which
 * is one small transform. The factorisation is the cheapest by count, where a step of radix r costs r complex
 * multiplications per point and {@link #PASS} more for its twiddle factors and its way through memory. The last step
 * computes only the wanted modes, so that few modes of a short line are one dense product by themselves.
 */
final class FourierPlan {
    /** Cost of one more step, in complex multiplications per point. */
    private static final double PASS = 24;

    private final Map<Integer, Plan> known = new HashMap<>();
    private final int points;
    private final int modes;

    /** Radices in the order in which the points are split, and what they cost. */
    private record Plan(List<Integer> radices, double cost) {}

    private FourierPlan(int points, int modes) {
        this.points = points;
        this.modes = modes;
    }

    /** The radices, whose product is {@code points}; the last one belongs to the step that computes {@code modes} only. */
    static List<Integer> radices(int points, int modes) {
        return new FourierPlan(points, modes).after(1).radices();
    }

    /** Whether a transform of a prime length is better done as a convolution, see {@link ChirpTransform}. */
    static boolean isChirp(int points, int modes) {
        return points > 64 && isPrime(points) && chirpCost(points) < (double) points * modes;
    }

    /** What remains when the points were already split by a divisor. */
    private Plan after(int divisor) {
        Plan before = known.get(divisor);
        if (before != null) {
            return before;
        }
        int rest = points / divisor;
        int wanted = Math.min(rest, (modes + divisor - 1) / divisor);
        Plan best = new Plan(List.of(rest), step(rest, wanted));
        for (int radix = 2; radix <= rest / 2; radix++) {
            if (rest % radix != 0) {
                continue;
            }
            double first = step(radix, radix) * (rest / radix) + PASS * rest;
            if (first < best.cost()) {
                Plan tail = after(divisor * radix);
                double cost = first + radix * tail.cost();
                if (cost < best.cost()) {
                    List<Integer> radices = new ArrayList<>(List.of(radix));
                    radices.addAll(tail.radices());
                    best = new Plan(radices, cost);
                }
            }
        }
        known.put(divisor, best);
        return best;
    }

    private static double step(int points, int modes) {
        return isChirp(points, modes) ? chirpCost(points) : (double) points * modes;
    }

    private static double chirpCost(int points) {
        int padded = ChirpTransform.padded(points);
        return 2 * new FourierPlan(padded, padded).after(1).cost() + 3 * PASS * padded;
    }

    private static boolean isPrime(int n) {
        for (int factor = 2; (long) factor * factor <= n; factor++) {
            if (n % factor == 0) {
                return false;
            }
        }
        return n > 1;
    }
}
