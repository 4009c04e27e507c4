// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.List;
import java.util.Optional;

/**
 * Derivatives that stand in for those of the formulas by which a function is computed. Where a part is missing, the
 * derivative of the formulas holds.
 *
 * @param name for people
 * @param tangents the function's linearisation
 * @param cotangents the transpose of a function that is linear in some of its arguments
 * @param isReverseOnly whether only the cotangents are known and the values it stands beside mean nothing
 */
public record CustomRule(
        String name, Optional<Tangents> tangents, Optional<Cotangents> cotangents, boolean isReverseOnly) {

    /** A linearisation. */
    @FunctionalInterface
    public interface Tangents {
        /**
         * The tangents of the results.
         *
         * @param x the arguments
         * @param y the results
         * @param dx tangents of the arguments, null where one does not move
         * @return one per result, null for zero
         */
        List<Value> of(List<Value> x, List<Value> y, List<Value> dx);
    }

    /** A transpose. */
    @FunctionalInterface
    public interface Cotangents {
        /**
         * The cotangents of the arguments in which the function is linear.
         *
         * @param x the arguments; of those it is linear in only the types matter
         * @param dy cotangents of the results, null for zero
         * @return one per argument, null for zero and for those it is not linear in
         */
        List<Value> of(List<Value> x, List<Value> dy);
    }

    /** A rule for the tangents alone. */
    public static CustomRule ofTangents(String name, Tangents tangents) {
        return new CustomRule(name, Optional.of(tangents), Optional.empty(), false);
    }

    /** A rule for the cotangents of a linear function alone. */
    public static CustomRule ofCotangents(String name, Cotangents cotangents) {
        return new CustomRule(name, Optional.empty(), Optional.of(cotangents), false);
    }
}
