// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.Color;

/** Colours for numbers between 0 and 1, of rising lightness so that they survive grey printing. */
enum ColourMap {
    /** Dark blue over green to yellow, for values. */
    VALUES(new int[] {0x2B0B57, 0x3B4A8C, 0x287D8E, 0x2FA67B, 0x8FD03F, 0xFBE723}),
    /** White over orange to dark red, for errors. */
    ERRORS(new int[] {0xFFFFFF, 0xFEE0B6, 0xFDAE61, 0xE8603C, 0xB2182B, 0x5B0A1E});

    private final int[] stops;

    ColourMap(int[] stops) {
        this.stops = stops;
    }

    /** Colour of a number; numbers outside [0, 1] take the nearest end, NaN is grey. */
    Color at(double x) {
        if (Double.isNaN(x)) {
            return Color.GRAY;
        }
        double place = Math.max(0, Math.min(1, x)) * (stops.length - 1);
        int below = Math.min(stops.length - 2, (int) place);
        double t = place - below;
        return new Color(mix(below, t, 16), mix(below, t, 8), mix(below, t, 0));
    }

    private int mix(int below, double t, int shift) {
        int a = stops[below] >> shift & 0xFF;
        int b = stops[below + 1] >> shift & 0xFF;
        return (int) Math.round(a + t * (b - a));
    }
}
