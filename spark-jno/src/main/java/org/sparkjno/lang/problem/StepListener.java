// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

/** Somebody who watches a task train; called by the training thread. An exception ends the training. */
@FunctionalInterface
public interface StepListener {
    /** Nobody. */
    StepListener NONE = (steps, loss) -> {};

    /**
     * A step is done.
     *
     * @param steps how many are done
     * @param loss what was minimised, before the step
     */
    void afterStep(int steps, double loss);

    /**
     * A tracker has looked.
     *
     * @param name of the tracker
     * @param steps how many are done
     * @param value what it saw
     */
    default void afterLook(String name, int steps, double value) {}

    /**
     * A part of the losses is to be printed; called on the first task alone.
     *
     * @param line what to print
     */
    default void afterPrint(String line) {
        System.out.println(line);
    }

    /** A checkpoint is written, by this task. */
    default void afterCheckpoint(String where) {}
}
