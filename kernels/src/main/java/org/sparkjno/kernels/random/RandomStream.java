// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.random;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers addressed by a counter: number k of a stream depends on the stream's key and on k alone, so that any part
 * may be drawn in any order, on any machine, with the same bits.
 *
 * <p>The mixing is the finaliser of SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014. Transcendental functions come from {@link StrictMath}, whose results are specified to the bit.
 *
 * @param key tells streams apart
 */
public record RandomStream(long key) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The stream of a name under a seed; streams of other names or seeds are independent of it. */
    public static RandomStream named(long seed, String name) {
        long hash = mix(seed + GOLDEN);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash ^ ((octet & 0xFFL) + GOLDEN));
        }
        return new RandomStream(hash);
    }

    /** A number that depends on all of {@code words} in their order. */
    public static long hash(long... words) {
        long hash = GOLDEN;
        for (long word : words) {
            hash = mix((hash + GOLDEN) ^ mix(word + GOLDEN));
        }
        return hash;
    }

    /** Sixty-four random bits. */
    public long bits(long counter) {
        return mix(mix(key + counter * GOLDEN) + key);
    }

    /** Uniform in (0, 1), never an end point. */
    public double uniform(long counter) {
        return ((bits(counter) >>> 11) + 0.5) * 0x1p-53;
    }

    /** Standard normal: G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates", 1958. */
    public double gaussian(long counter) {
        double radius = Math.sqrt(-2 * StrictMath.log(uniform(2 * counter)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(2 * counter + 1));
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
