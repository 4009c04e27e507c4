// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

import java.io.Serializable;
import java.util.Objects;
import org.sparkjno.datasets.generate.Problem;
import org.sparkjno.datasets.sample.Split;

/**
 * Which dataset: equal specifications describe the same samples, bit for bit, however they are partitioned.
 *
 * @param problem what is sampled
 * @param seed tells datasets of one problem apart; datasets of different seeds share no sample
 * @param train number of training samples, the first ones
 * @param test number of test samples, those after
 */
public record Specification(Problem problem, int seed, int train, int test) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Specification {
        Objects.requireNonNull(problem, "problem");
        if (train < 1 || test < 0) {
            throw new IllegalArgumentException("A dataset needs at least one training sample and no fewer than 0 test"
                    + " samples, but is to have " + train + " and " + test + ".");
        }
    }

    /** Number of samples. */
    public int samples() {
        return Math.addExact(train, test);
    }

    /** The seed of a sample. */
    public long sampleSeed(int index) {
        return ((long) seed << 32) + index;
    }

    /** What a sample serves for. */
    public Split split(int index) {
        return index < train ? Split.TRAIN : Split.TEST;
    }
}
