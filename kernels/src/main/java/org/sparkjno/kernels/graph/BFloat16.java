// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/** The bits of bf16 numbers, which are the upper half of the bits of an f32. */
public final class BFloat16 {
    private static final int QUIET = 0x40;

    private BFloat16() {}

    /** The bits of the nearest bf16, ties to even. A NaN stays one. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | QUIET);
        }
        int half = 0x7FFF + (bits >>> 16 & 1);
        return (short) (bits + half >>> 16);
    }

    /** The number that bits stand for. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
