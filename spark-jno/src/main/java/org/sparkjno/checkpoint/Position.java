// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

/**
 * Where a run stands between two steps.
 *
 * @param epoch epochs completed
 * @param stepOfEpoch steps completed of the epoch after these
 * @param step steps completed in all
 * @param epochLoss sum of the losses of the steps of the unfinished epoch
 */
public record Position(int epoch, int stepOfEpoch, long step, double epochLoss) {
    /** Before the first step. */
    public static final Position START = new Position(0, 0, 0, 0);

    /** After one more step with this loss. */
    public Position afterStep(double loss) {
        return new Position(epoch, stepOfEpoch + 1, step + 1, epochLoss + loss);
    }

    /** After the last step of an epoch, at the beginning of the next. */
    public Position afterEpoch() {
        return new Position(epoch + 1, 0, step, 0);
    }
}
