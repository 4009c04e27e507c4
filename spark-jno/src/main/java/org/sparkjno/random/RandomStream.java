// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.random;

import java.nio.charset.StandardCharsets;

/**
 * A counter-based stream of random numbers: element {@code i} is a hash of the key and {@code i}, so that streams of
 * different names are independent and the bits do not depend on Java's own generators. The hash is SplitMix64: G. L.
 * Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
public final class RandomStream {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long key;
    private long counter;

    private RandomStream(long key) {
        this.key = key;
    }

    /** The stream of a name under a seed. */
    public static RandomStream named(long seed, String name) {
        long hash = mix(seed + GOLDEN);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash ^ (octet & 0xffL) + GOLDEN);
        }
        return new RandomStream(hash);
    }

    /** A number that depends on all of {@code words} in their order. */
    public static long hash(long... words) {
        long hash = GOLDEN;
        for (long word : words) {
            hash = mix(hash + GOLDEN ^ mix(word + GOLDEN));
        }
        return hash;
    }

    /** The next 64 random bits. */
    public long nextLong() {
        counter++;
        return mix(key + counter * GOLDEN);
    }

    /** The next number of [0, 1), a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
