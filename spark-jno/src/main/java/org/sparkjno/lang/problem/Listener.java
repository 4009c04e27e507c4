// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

/** Somebody who watches a task train. Called by its thread; an exception ends the run. */
public interface Listener {
    /** Nobody. */
    Listener NONE = new Listener() {};

    /**
     * What has happened.
     *
     * @param done steps done
     * @param steps of the whole run
     * @param total what was minimised, before this step
     * @param rate learning rate of this step
     */
    record Step(int done, int steps, double total, double rate) {}

    /** After each step. */
    default void onStep(Step step) {}

    /**
     * After each look at a tracker.
     *
     * @param name of the tracker
     * @param done steps done
     * @param value what it saw
     */
    default void onTracked(String name, int done, double value) {}

    /** After each checkpoint, on the task that wrote it. */
    default void onCheckpoint(String where) {}
}
