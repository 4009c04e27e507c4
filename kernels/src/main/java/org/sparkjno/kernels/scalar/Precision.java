// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

/** Floating-point formats that C text is spelled for. */
public enum Precision {
    SINGLE,
    DOUBLE
}
