// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A convolution with a band-limited kernel on a periodic grid: discrete Fourier transform, truncation to the lowest
 * modes, a complex matrix between channels for each mode, inverse transform. Z. Li et al., "Fourier neural operator for
 * parametric partial differential equations", ICLR 2021, equation 4.
 *
 * <p>The truncated transforms are dense real contractions; only kept modes are ever computed. The weight is
 * {@code [2, modes…, inputs, outputs]}, real parts before imaginary parts, drawn from U[0, 1)/(inputs·outputs).
 */
public sealed interface SpectralConv extends Layer permits SpectralConv1d, SpectralConv2d, SpectralConv3d {
    /** Number of space axes. */
    int dimensions();

    /** Channels in. */
    int inputs();

    /** Channels out. */
    int outputs();

    /** The one parameter of a spectral convolution. */
    default Parameter weight(int... modes) {
        Shape shape = Shape.of(2).append(modes).append(inputs(), outputs());
        return new Parameter("weight", shape, new Initialiser.Uniform(0, 1.0 / ((double) inputs() * outputs())));
    }

    /** The halves of the weight as a complex tensor. */
    static ComplexPair complex(Value weight) {
        Shape half = new Shape(weight.shape().dims().subList(1, weight.shape().rank()));
        return new ComplexPair(
                weight.slice(0, 0, 1).reshape(half), weight.slice(0, 1, 2).reshape(half));
    }
}
