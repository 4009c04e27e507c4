// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.Map;

/** How the parameters of one turn are moved. */
sealed interface Mover extends AutoCloseable permits StepMover, DescentMover {
    /** What is compiled. */
    Stage stage();

    /**
     * One step.
     *
     * @param moves how many it did before
     * @return the losses of the entries before the step
     */
    double[] step(long moves);

    /** Tells it what the weighted sum of the losses was in the last step. */
    void see(double total);

    /** The learning rate of a step, or the length of the last one. */
    double rate(long moves);

    /** Whether further steps change nothing. */
    boolean isFinished();

    /** Begins anew where it stands, because the data are others now. */
    void forget();

    /** What it remembers on the host, by name. */
    Map<String, double[]> memory();

    /** Goes on from what {@link #memory} was. */
    void resume(Map<String, double[]> memory);

    @Override
    void close();
}
