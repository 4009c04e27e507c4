// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/** How derivatives in coordinates are formed. */
public enum Scheme {
    /** As the problem says. */
    UNSAID,
    /** By the chain rule, exactly, point by point; see {@link org.sparkjno.kernels.derive.TaylorMode}. */
    AUTOMATIC,
    /** By differences of neighbours on a regular grid, of second order up to the boundary. */
    FINITE_DIFFERENCES,
    /** By the discrete Fourier transform on a regular grid, of what is periodic. */
    SPECTRAL,
    /** By the discrete Fourier transform of the even continuation: of what has no slope at the ends of a closed grid. */
    COSINE
}
