// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.io.Serializable;

/**
 * How long to train and when to save.
 *
 * @param epochs epochs of the whole run, those before a resumption included
 * @param checkpointSteps steps between two checkpoints, 0 for none within an epoch
 * @param checkpointEpochs epochs between two checkpoints at their ends, 0 for none; the last epoch always has one
 */
public record Cadence(int epochs, int checkpointSteps, int checkpointEpochs) implements Serializable {
    public Cadence {
        if (epochs < 1 || checkpointSteps < 0 || checkpointEpochs < 0) {
            throw new IllegalArgumentException(
                    "Training needs at least one epoch and checkpoint distances of 0 or more, but" + " got " + epochs
                            + " epochs, " + checkpointSteps + " steps and " + checkpointEpochs + " epochs.");
        }
    }

    /** So many epochs with a checkpoint at the end of each. */
    public static Cadence epochs(int epochs) {
        return new Cadence(epochs, 0, 1);
    }

    boolean savesAfterStep(long step) {
        return checkpointSteps > 0 && step % checkpointSteps == 0;
    }

    boolean savesAfterEpoch(int completed) {
        return completed == epochs || checkpointEpochs > 0 && completed % checkpointEpochs == 0;
    }
}
