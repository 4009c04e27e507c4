// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * The step of an {@link Optimiser} for one layout of parameters: a pure function of vectors, so that it compiles into
 * the training step. What changes from step to step arrives in a small vector of {@linkplain #settings settings}; the
 * compiled rule stays.
 */
public interface UpdateRule {
    /** The vectors, zero at first, that the rule carries from step to step. */
    List<StateVector> state();

    /** Number of settings. */
    int settingCount();

    /**
     * The settings of one step.
     *
     * @param step number of the step, from 1
     * @param rate learning rate
     */
    double[] settings(long step, double rate);

    /**
     * One step.
     *
     * @param parameters vector of all parameters
     * @param gradient of the loss, of the same type
     * @param state one vector per element of {@link #state}, of its type
     * @param settings vector of {@link #settingCount} elements
     * @return the next parameters, then the next state
     */
    List<Value> step(Value parameters, Value gradient, List<Value> state, Value settings);
}
