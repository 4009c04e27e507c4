// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

/** What is kept of a set-up when the values of a matrix change and its pattern does not. */
public enum Reuse {
    /** Nothing: the matrix is looked at and set up anew. */
    REBUILD,
    /** Interpolation and restriction: coarse operators and smoothers are computed anew. */
    GALERKIN,
    /** Everything: the preconditioner of the old values serves for the new ones. */
    KEEP
}
