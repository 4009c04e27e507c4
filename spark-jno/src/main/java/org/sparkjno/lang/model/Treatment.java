// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.io.Serializable;
import org.sparkjno.optim.AdaptiveRate;
import org.sparkjno.optim.Optimiser;
import org.sparkjno.optim.Schedule;
import org.sparkjno.optim.descent.LineSearchMethod;

/** What training does to parameters. */
public sealed interface Treatment extends Serializable {
    /** They stay as they are. */
    record Frozen() implements Treatment {}

    /** They are moved. */
    sealed interface Moved extends Treatment {}

    /** They are moved by compiled steps. */
    sealed interface Stepped extends Moved {
        /** By this rule. */
        Optimiser optimiser();
    }

    /**
     * They are moved by compiled steps.
     *
     * @param optimiser by this rule
     * @param schedule with this learning rate
     */
    record Trained(Optimiser optimiser, Schedule schedule) implements Stepped {}

    /**
     * They are moved by compiled steps at a learning rate that follows the losses.
     *
     * @param optimiser by this rule
     * @param rate with this learning rate
     */
    record Adapting(Optimiser optimiser, AdaptiveRate rate) implements Stepped {}

    /**
     * They are moved, all together, by a method that chooses the length of each step by evaluating the loss again.
     *
     * @param method which
     */
    record Descending(LineSearchMethod method) implements Moved {}
}
