// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.smoother.Halves;

/**
 * One level at work on vectors of one kind.
 *
 * @param length of its vectors
 * @param smoother null on a coarsest level that is solved directly
 * @param restriction to the next coarser level; null on the coarsest
 * @param interpolation from it; null on the coarsest
 * @param visits how it is visited from the level above
 * @param <V> arrays of numbers
 */
record Stage<V>(int length, Halves<V> smoother, Product<V> restriction, Product<V> interpolation, Visits<V> visits) {
    /** The vectors of a stage that is traversed. */
    record Vectors<V>(V right, V correction, V residual) {
        static <V> Vectors<V> of(Stage<V> stage, Real<V> real, boolean finest) {
            return new Vectors<>(
                    finest ? null : real.zeros(stage.length),
                    finest ? null : real.zeros(stage.length),
                    stage.smoother == null ? null : real.zeros(stage.length));
        }
    }
}
