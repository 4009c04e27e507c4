// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.random.RandomStream;

/** A rule for first values. */
public sealed interface Initialiser {
    /** The next element. */
    double next(RandomStream stream);

    /**
     * The same number everywhere.
     *
     * @param value the number
     */
    record Constant(double value) implements Initialiser {
        @Override
        public double next(RandomStream stream) {
            return value;
        }
    }

    /**
     * Independent uniform numbers.
     *
     * @param low inclusive lower bound
     * @param high exclusive upper bound
     */
    record Uniform(double low, double high) implements Initialiser {
        @Override
        public double next(RandomStream stream) {
            return low + (high - low) * stream.nextDouble();
        }
    }
}
