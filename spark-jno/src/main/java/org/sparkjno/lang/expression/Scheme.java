// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/** How derivatives in coordinates are formed. */
public enum Scheme {
    /** As the problem says. */
    UNSAID,
    /** By the chain rule, exactly, point by point; see {@link org.sparkjno.kernels.derive.TaylorMode}. */
    AUTOMATIC,
    /**
     * By differences of neighbours, of second order up to the boundary for first and second derivatives: central ones on regular grids; on the nodes of an
     * unstructured mesh those of the quadratic that fits the neighbours best in least squares, whose second derivatives are of
     * first order where neighbours lie unsymmetrically.
     */
    FINITE_DIFFERENCES,
    /**
     * By linear elements on the nodes of an unstructured mesh: gradients are means over the cells around a node, weighted by
     * their measures, and a whole Laplacian is that of the cotangent formula. As {@link #FINITE_DIFFERENCES} on regular grids.
     */
    LINEAR_ELEMENTS,
    /** By the discrete Fourier transform on a regular grid, of what is periodic. */
    SPECTRAL,
    /** By the discrete Fourier transform of the even continuation: of what has no slope at the ends of a closed grid. */
    COSINE
}
