// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import org.sparkjno.checkpoint.EpochRecord;

/** Somebody who watches a replica train. Called by the training thread; an exception ends the run. */
public interface Callback {
    /**
     * What is about to happen.
     *
     * @param parameters number of trained numbers
     * @param epochs epochs of the whole run
     * @param stepsPerEpoch steps of each
     * @param stepsDone steps that a checkpoint brought
     * @param samplesPerStep samples that all replicas together take in a step
     */
    record Start(int parameters, int epochs, int stepsPerEpoch, long stepsDone, int samplesPerStep) {}

    /**
     * What has happened.
     *
     * @param epoch number of the epoch, from 1
     * @param step steps completed in all
     * @param loss mean loss of the samples of the step, before its update
     * @param rate learning rate of the step
     */
    record Step(int epoch, long step, double loss, double rate) {}

    /** Before the first step. */
    default void onStart(Start start) {}

    /** After each step. */
    default void onStep(Step step) {}

    /** After each epoch and its evaluation. */
    default void onEpoch(EpochRecord epoch) {}

    /** After a checkpoint, on the replica that wrote it. */
    default void onCheckpoint(String where) {}
}
