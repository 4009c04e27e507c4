// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

/** An affine map x·W + b of the last axis, at every point alike, in one of its parametrisations. */
public sealed interface Affine extends Layer permits Linear, FactorisedLinear {
    /** Channels in. */
    int inputs();

    /** Channels out. */
    int outputs();
}
