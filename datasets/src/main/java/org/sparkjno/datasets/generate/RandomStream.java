// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

/**
 * Random numbers addressed by a counter: number k of a stream depends on the stream's key and on k alone, so any part of a
 * sample can be drawn in any order, on any machine, with the same bits.
 *
 * <p>The mixing is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014). Transcendental functions come from {@link StrictMath}, whose results are specified to the bit.
 */
final class RandomStream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long key;

    /**
     * The stream of a seed.
     *
     * @param seed sample seed
     * @param purpose a constant of the caller; streams of one seed for different purposes are independent
     */
    RandomStream(long seed, long purpose) {
        key = mix(mix(seed + GOLDEN) ^ mix(purpose * GOLDEN + 1));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in (0, 1), never an end point. */
    private double uniform(long counter) {
        long bits = mix(mix(key + counter * GOLDEN) + key);
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }

    /** Standard normal number {@code counter}, by Box and Muller 1958. */
    double gaussian(long counter) {
        double radius = Math.sqrt(-2 * StrictMath.log(uniform(2 * counter)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(2 * counter + 1));
    }
}
