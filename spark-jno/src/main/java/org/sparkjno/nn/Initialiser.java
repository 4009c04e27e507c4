// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.io.Serializable;
import org.sparkjno.kernels.random.RandomStream;

/** A rule for first values. */
public sealed interface Initialiser extends Serializable {
    /** Element {@code index} of a tensor that has this stream. */
    double element(RandomStream stream, long index);

    /**
     * The same number everywhere.
     *
     * @param value the number
     */
    record Constant(double value) implements Initialiser {
        @Override
        public double element(RandomStream stream, long index) {
            return value;
        }
    }

    /**
     * Independent uniform numbers.
     *
     * @param low lower bound
     * @param high upper bound
     */
    record Uniform(double low, double high) implements Initialiser {
        @Override
        public double element(RandomStream stream, long index) {
            return low + (high - low) * stream.uniform(index);
        }
    }

    /**
     * Independent normal numbers.
     *
     * @param mean expected value
     * @param deviation standard deviation
     */
    record Normal(double mean, double deviation) implements Initialiser {
        @Override
        public double element(RandomStream stream, long index) {
            return mean + deviation * stream.gaussian(index);
        }
    }

    /**
     * The numbers of another rule times a factor.
     *
     * @param rule the other one
     * @param factor multiplies them
     */
    record Scaled(Initialiser rule, double factor) implements Initialiser {
        @Override
        public double element(RandomStream stream, long index) {
            return factor * rule.element(stream, index);
        }
    }
}
