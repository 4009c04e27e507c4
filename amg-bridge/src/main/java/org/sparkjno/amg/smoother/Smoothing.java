// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;

/** Makes the smoother of a level, for example {@code GaussSeidel::of}. */
@FunctionalInterface
public interface Smoothing {
    /**
     * The smoother of one matrix.
     *
     * @throws IllegalArgumentException if the method does not exist for the matrix; the message names the row
     */
    Smoother on(CsrMatrix matrix);
}
