// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a discrete Fourier transform of n points of which m modes are wanted: n factored into radices, each of which
 * is one small transform. The factorisation is the cheapest by count, where a step of radix r costs r complex
 * multiplications per point and {@link #PASS} more for its way through memory. The last step computes only the wanted
 * modes, so that few modes, or a short line, are one dense product by themselves.
 *
 * <p>Where a dense product stops to pay, measured on one AVX-512 core of a busy machine (f32, 16 fields of 32 channels,
 * there and back, fastest run, nanoseconds per number; dense, then in steps): all modes of 64 points 1.9 and 1.6, of 128 points 3.8 and 2.0, of 256
 * points 8.8 and 3.9, of 1024 points 115 and 8.1; of 512 points 32 modes 2.8 and 2.7, 64 modes 5.8 and 2.9. So the border
 * lies near 45 wanted modes, whatever the number of points, and the count puts it there.
 */
final class FourierPlan {
    /** Cost of one more step, in complex multiplications per point. */
    private static final double PASS = 32;

    /** Primes up to here are dense products. */
    private static final int DENSE = 64;

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

    /** Whether the step of the wanted modes is better done as a convolution, see {@link ChirpTransform}. */
    static boolean isChirp(int points, int modes) {
        return modes <= points && largestPrime(points) > DENSE && chirpCost(points) < (double) points * modes;
    }

    /** What remains when the points were already split by a divisor. */
    private Plan after(int divisor) {
        Plan before = known.get(divisor);
        if (before != null) {
            return before;
        }
        int rest = points / divisor;
        int wanted = Math.min(rest, (modes + divisor - 1) / divisor);
        double dense = (double) rest * wanted;
        Plan best = new Plan(List.of(rest), isChirp(rest, wanted) ? chirpCost(rest) : dense);
        for (int radix = 2; radix <= rest / 2; radix++) {
            if (rest % radix != 0) {
                continue;
            }
            double first = (radix + PASS) * rest;
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

    private static double chirpCost(int points) {
        int padded = ChirpTransform.padded(points);
        return 2 * new FourierPlan(padded, padded).after(1).cost() + 3 * PASS * padded;
    }

    private static int largestPrime(int n) {
        int largest = 1;
        int rest = n;
        for (int factor = 2; rest > 1; factor++) {
            while (rest % factor == 0) {
                largest = factor;
                rest /= factor;
            }
        }
        return largest;
    }
}
