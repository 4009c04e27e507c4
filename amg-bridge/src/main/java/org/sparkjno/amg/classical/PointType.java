// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

/** What becomes of a point in a splitting. Bytes rather than an enumeration, because millions are kept and exchanged. */
public final class PointType {
    /** Not decided yet. */
    public static final byte UNDECIDED = 0;
    /** On the coarse level too. */
    public static final byte COARSE = 1;
    /** Interpolated from coarse points. */
    public static final byte FINE = 2;
    /** Without strong dependences: the smoother alone takes care of it, nothing is interpolated to it or from it. */
    public static final byte ISOLATED = 3;

    private PointType() {}
}
