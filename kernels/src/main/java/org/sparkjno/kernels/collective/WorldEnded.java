// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

/** Internal news: this rank is to blame, for this reason. The ring passes it on and turns it into a {@link CollectiveException}. */
final class WorldEnded extends Exception {
    private static final long serialVersionUID = 1;

    private final Frame.Kind reason;
    private final int rank;

    WorldEnded(Frame.Kind reason, int rank, Throwable cause) {
        super("rank " + rank + " " + reason, cause);
        this.reason = reason;
        this.rank = rank;
    }

    Frame.Kind reason() {
        return reason;
    }

    int rank() {
        return rank;
    }
}
