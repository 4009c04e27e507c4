// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;

/**
 * Where and how often training is saved.
 *
 * @param directory of any file system that Hadoop knows; empty for nowhere
 * @param every steps between two checkpoints; the end of the training has one too
 * @param resume whether to go on from the newest checkpoint there, if there is one; else there must be none
 */
public record Saving(String directory, int every, boolean resume) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing is saved. */
    public static final Saving NOWHERE = new Saving("", 1, false);

    public Saving {
        if (every < 1) {
            throw new IllegalArgumentException("Checkpoints lie at least one step apart, not " + every + ".");
        }
    }

    /** Whether nothing is saved. */
    public boolean isNowhere() {
        return directory.isEmpty();
    }
}
