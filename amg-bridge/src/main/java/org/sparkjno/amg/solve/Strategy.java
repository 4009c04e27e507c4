// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Objects;
import org.sparkjno.amg.krylov.KrylovMethod;

/**
 * One way to solve a system.
 *
 * @param method the iteration
 * @param preconditioning what speeds it up
 */
public record Strategy(KrylovMethod method, Preconditioning preconditioning) {
    public Strategy {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(preconditioning, "preconditioning");
    }

    @Override
    public String toString() {
        return method + " with " + preconditioning;
    }
}
