// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.function.Convolution;

/** What a convolution sees beyond the end of a field. */
public enum Boundary {
    /** Zeros. */
    ZEROS(new Convolution.Padding.Same()),
    /** The field, continued periodically. */
    PERIODIC(new Convolution.Padding.Periodic());

    private final Convolution.Padding padding;

    Boundary(Convolution.Padding padding) {
        this.padding = padding;
    }

    Convolution.Padding padding() {
        return padding;
    }
}
