// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.random;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Random bits that are a function of a key and a counter: Threefry-2x32 with 20 rounds. J. K. Salmon, M. A. Moraes, R. O.
 * Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.2.
 */
public final class Threefry {
    private static final String SOURCE = "threefry.c";
    private static final int PARITY = 0x1BD11BDA;
    private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};
    private static final int ROUNDS = 20;

    private Threefry() {}

    /**
     * The cipher: two words for a key of two words and a counter of two words.
     *
     * @param counter its high word is the first one
     * @return the first word in the high half
     */
    public static long block(int key0, int key1, long counter) {
        int[] key = {key0, key1, PARITY ^ key0 ^ key1};
        int x0 = (int) (counter >>> 32) + key0;
        int x1 = (int) counter + key1;
        for (int round = 0; round < ROUNDS; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, ROTATIONS[round % 8]) ^ x0;
            if (round % 4 == 3) {
                int group = round / 4 + 1;
                x0 += key[group % 3];
                x1 += key[(group + 1) % 3] + group;
            }
        }
        return (long) x0 << 32 | x1 & 0xFFFFFFFFL;
    }

    /** Thirty-two random bits: the two words of {@link #block}, xored. */
    public static int bits(int key0, int key1, long counter) {
        long block = block(key0, key1, counter);
        return (int) (block >>> 32) ^ (int) block;
    }

    /** The same in C: {@code unsigned jno_threefry(unsigned key0, unsigned key1, unsigned long counter)}. */
    public static String definition() {
        try (InputStream in = Threefry.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The class path holds no " + SOURCE + " beside Threefry.", e);
        }
    }
}
