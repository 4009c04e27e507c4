// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The problems known by name, with their default options. */
public final class Problems {
    private static final Map<String, Supplier<Problem>> KNOWN =
            new TreeMap<>(Map.of(Darcy.NAME, Darcy::standard, Burgers.NAME, Burgers::standard));

    private Problems() {}

    /**
     * The problem of a name with its default options.
     *
     * @throws IllegalArgumentException if the name is unknown; the message lists the known ones
     */
    public static Problem named(String name) {
        Supplier<Problem> problem = KNOWN.get(name);
        if (problem == null) {
            throw new IllegalArgumentException(
                    "There is no problem '" + name + "'; known are " + String.join(", ", KNOWN.keySet()) + ".");
        }
        return problem.get();
    }
}
