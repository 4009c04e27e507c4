// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.io.Serializable;
import org.sparkjno.optim.Optimiser;
import org.sparkjno.optim.Schedule;

/** What training does to parameters. */
public sealed interface Treatment extends Serializable {
    /** They stay as they are. */
    record Frozen() implements Treatment {}

    /**
     * They are moved.
     *
     * @param optimiser by this rule
     * @param schedule with this learning rate
     */
    record Trained(Optimiser optimiser, Schedule schedule) implements Treatment {}
}
