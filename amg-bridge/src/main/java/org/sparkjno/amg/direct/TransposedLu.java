// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.function.IntFunction;
import org.sparkjno.amg.krylov.Preconditioner;

/**
 * A factorisation read the other way.
 *
 * @param original the factorisation
 * @param solves the mapping by the transposed factors, for so many vectors at once
 */
record TransposedLu(Preconditioner original, IntFunction<Application> solves) implements Preconditioner {
    @Override
    public Application begin(int width) {
        return solves.apply(width);
    }

    @Override
    public Preconditioner transposed() {
        return original;
    }

    @Override
    public String toString() {
        return "transposed " + original;
    }
}
