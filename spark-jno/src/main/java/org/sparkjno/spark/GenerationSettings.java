// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.time.Duration;
import org.sparkjno.kernels.collective.Deadlines;
import org.sparkjno.kernels.collective.PortRange;

/**
 * How a run behaves when things go wrong.
 *
 * @param name shown in Spark's UI and in the log; letters, digits, '.', '_' and '-'
 * @param maxRestarts generations after the first
 * @param backoff pause before the first restart; twice as long before each further one, up to a minute
 * @param grace how long a cluster may take to have enough slots, at the start and after a loss
 * @param stall a generation is cancelled when no rank has reported for so long
 * @param ports where tasks and driver listen
 * @param deadlines of the collective calls
 */
public record GenerationSettings(
        String name,
        int maxRestarts,
        Duration backoff,
        Duration grace,
        Duration stall,
        PortRange ports,
        Deadlines deadlines)
        implements Serializable {

    /** @throws IllegalArgumentException if the name is unusable or a number is negative */
    public GenerationSettings {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "Run name '" + name + "' is not usable: take 1 to 100 letters, digits, '.', '_' or '-'.");
        }
        if (maxRestarts < 0 || backoff.isNegative() || grace.isNegative() || stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("Restarts " + maxRestarts + ", backoff " + backoff + " and grace "
                    + grace + " must not be negative, and stall " + stall + " must be positive.");
        }
    }

    /** Five restarts, one second of backoff, one minute of grace, ten minutes without news, any ports. */
    public static GenerationSettings named(String name) {
        return new GenerationSettings(
                name,
                5,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                PortRange.ANY,
                Deadlines.DEFAULT);
    }

    /** The same with other restarts. */
    public GenerationSettings withRestarts(int newMaxRestarts, Duration newBackoff) {
        return new GenerationSettings(name, newMaxRestarts, newBackoff, grace, stall, ports, deadlines);
    }

    /** The same with other waiting times. */
    public GenerationSettings withPatience(Duration newGrace, Duration newStall) {
        return new GenerationSettings(name, maxRestarts, backoff, newGrace, newStall, ports, deadlines);
    }

    /** The same on other ports and with other deadlines. */
    public GenerationSettings withNetwork(PortRange newPorts, Deadlines newDeadlines) {
        return new GenerationSettings(name, maxRestarts, backoff, grace, stall, newPorts, newDeadlines);
    }

    /** Pause before generation {@code generation}, at least 1. */
    Duration backoffBefore(int generation) {
        Duration most = Duration.ofMinutes(1);
        Duration pause = backoff.multipliedBy(1L << Math.min(generation - 1, 20));
        return pause.compareTo(most) < 0 ? pause : most;
    }
}
