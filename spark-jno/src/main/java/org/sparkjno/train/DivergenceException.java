// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

/** Training has come to a NaN or an infinity. The same run would come there again, so it is never tried a second time. */
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A divergence.
     *
     * @param what is not finite
     * @param step number of the step, from 1
     * @param rate its learning rate
     * @param lastCheckpoint where to go on from; null if there is none
     */
    public DivergenceException(String what, long step, double rate, String lastCheckpoint) {
        super(what + " in step " + step + " at learning rate " + rate + "; lower the rate or look at the samples ("
                + (lastCheckpoint == null ? "there is no checkpoint" : "the last good checkpoint is " + lastCheckpoint)
                + ").");
    }
}
