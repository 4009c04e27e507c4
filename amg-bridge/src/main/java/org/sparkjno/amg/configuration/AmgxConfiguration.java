// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A configuration of NVIDIA AmgX, flat or nested ({@code config_version} 2), in the settings of this library. The solver is
 * another one: what has a counterpart is taken over, what has none is refused, and keys that are not set keep the defaults of
 * this library. A tolerance without {@code convergence} is an absolute one, as in AmgX.
 *
 * @param solver the settings
 * @param notes where a counterpart differs from what AmgX does, one sentence each
 * @param ignored keys that only concern printing, determinism, memory or the order of execution
 */
public record AmgxConfiguration(SolverConfiguration solver, List<String> notes, List<String> ignored) {
    public AmgxConfiguration {
        Objects.requireNonNull(solver, "solver");
        notes = List.copyOf(notes);
        ignored = List.copyOf(ignored);
    }

    /** Whether these settings are meant for AmgX: they name a {@code solver} or a {@code config_version}. */
    public static boolean describes(Map<String, ?> settings) {
        return settings.containsKey("config_version") || settings.containsKey("solver");
    }

    /**
     * Translates a configuration.
     *
     * @throws IllegalArgumentException naming the key that is unknown or has no counterpart, and why
     */
    public static AmgxConfiguration of(Map<String, ?> settings) {
        return new AmgxTranslation().translate(settings);
    }
}
