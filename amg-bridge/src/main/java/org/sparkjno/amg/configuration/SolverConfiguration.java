// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparkjno.amg.solve.Solver;

/**
 * Solver settings by name, as they stand in a JSON file. What is not set is chosen as by {@link Solver#auto()}. Immutable; two
 * configurations are equal if their canonical texts are.
 *
 * <pre>{@code
 * Solver solver = SolverConfiguration.of(Map.of("preconditioner", "classical", "tolerance", 1e-10)).solver();
 * }</pre>
 */
public final class SolverConfiguration {
    private final SortedMap<String, Object> values;
    private final Solver.Settings settings;

    private SolverConfiguration(SortedMap<String, Object> values) {
        this.values = Collections.unmodifiableSortedMap(values);
        this.settings = new SettingsAssembly(values).settings();
    }

    /**
     * Checks settings.
     *
     * @param settings numbers, truth values and names; {@code docs/solvers.md} lists them
     * @throws IllegalArgumentException with one sentence if a name is unknown, a value does not fit, or a setting has no
     *     meaning beside the others
     */
    public static SolverConfiguration of(Map<String, ?> settings) {
        SortedMap<String, Object> checked = new TreeMap<>();
        settings.forEach((name, value) -> checked.put(name, Key.of(name).value(value)));
        checked.keySet().forEach(name -> Key.of(name).requireContext(checked));
        return new SolverConfiguration(checked);
    }

    /** The setting of a name, if it is set. */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(values.get(Key.of(name).text()));
    }

    /** As JSON without blanks, keys in alphabetical order: fit to be the key of a cache. */
    public String canonical() {
        return CanonicalText.of(values);
    }

    /** As settings of a solver. */
    public Solver.Settings settings() {
        return settings;
    }

    /** A solver with these settings. */
    public Solver solver() {
        return Solver.of(settings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SolverConfiguration configuration && values.equals(configuration.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return canonical();
    }
}
