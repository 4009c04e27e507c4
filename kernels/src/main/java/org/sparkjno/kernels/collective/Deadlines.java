// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a world waits before it names who is missing.
 *
 * @param connect for all neighbours to be connected and greeted
 * @param hello for one stranger's greeting, once it has connected
 * @param collective for one collective call, waiting for the slowest rank's computation included
 */
public record Deadlines(Duration connect, Duration hello, Duration collective) implements Serializable {

    /** One minute to connect, ten seconds for a greeting, five minutes for a call. */
    public static final Deadlines DEFAULT =
            new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if a duration is not positive */
    public Deadlines {
        if (!isPositive(connect) || !isPositive(hello) || !isPositive(collective)) {
            throw new IllegalArgumentException("Deadlines must be positive, but are connect " + connect + ", hello "
                    + hello + ", collective " + collective + ".");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
