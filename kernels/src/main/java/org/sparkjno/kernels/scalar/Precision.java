// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

/** Floating-point format of IEEE 754 that C text computes in. */
public enum Precision {
    /** binary32, C {@code float}. */
    SINGLE,
    /** binary64, C {@code double}. */
    DOUBLE
}
