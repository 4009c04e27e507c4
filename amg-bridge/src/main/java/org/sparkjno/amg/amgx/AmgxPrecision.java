// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

/** How AmgX stores matrices; vectors are always double. */
public enum AmgxPrecision {
    /** Matrices and vectors in double precision, AmgX's mode dDDI. */
    DOUBLE(8193, Double.BYTES),
    /** Matrices in single, vectors in double precision, AmgX's mode dDFI. */
    MIXED(8449, Float.BYTES);

    private final int mode;
    private final int bytes;

    AmgxPrecision(int mode, int bytes) {
        this.mode = mode;
        this.bytes = bytes;
    }

    /** The number of the mode in AmgX's interface. */
    int mode() {
        return mode;
    }

    /** Bytes of a stored value. */
    int bytes() {
        return bytes;
    }
}
