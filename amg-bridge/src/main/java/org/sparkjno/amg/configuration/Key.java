// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings that have a name. */
enum Key {
    TOLERANCE(Kind.REAL),
    ABSOLUTE_TOLERANCE(Kind.REAL),
    MAX_ITERATIONS(Kind.WHOLE),
    ON_FAILURE("throw", "warn", "return"),
    THREADS(Kind.WHOLE),
    BLOCK_SIZE(Kind.WHOLE),
    SYMMETRIC(Kind.TRUTH),
    PRECISION("double", "mixed"),

    METHOD("cg", "flexible_cg", "pipelined_cg", "block_cg", "minres", "bicgstab", "gmres", "fgmres", "idr"),
    BICGSTAB_DEGREE(Kind.WHOLE, METHOD, "bicgstab"),
    GMRES_RESTART(Kind.WHOLE, METHOD, "gmres", "fgmres"),
    IDR_SHADOWS(Kind.WHOLE, METHOD, "idr"),

    PRECONDITIONER(preconditioners()),
    COARSEST_ROWS(Kind.WHOLE, PRECONDITIONER, "classical", "aggregation"),
    MAX_LEVELS(Kind.WHOLE, PRECONDITIONER, "classical", "aggregation"),
    STRENGTH(Kind.REAL, PRECONDITIONER, "classical", "aggregation"),
    CYCLE(List.of("v", "w", "f", "k"), PRECONDITIONER, "classical", "aggregation"),
    PRESWEEPS(Kind.WHOLE, PRECONDITIONER, "classical", "aggregation"),
    POSTSWEEPS(Kind.WHOLE, PRECONDITIONER, "classical", "aggregation"),
    SMOOTHER(smoothers(), PRECONDITIONER, "classical", "aggregation"),
    SMOOTHER_WEIGHT(Kind.REAL, SMOOTHER, "jacobi", "block_jacobi"),
    CHEBYSHEV_ORDER(Kind.WHOLE, SMOOTHER, "chebyshev"),

    SPLITTING(List.of("pmis", "hmis"), PRECONDITIONER, "classical"),
    INTERPOLATION(List.of("extended", "classical", "direct", "multipass"), PRECONDITIONER, "classical"),
    INTERPOLATION_ELEMENTS(Kind.WHOLE, PRECONDITIONER, "classical"),
    MAX_ROW_SUM(Kind.REAL, PRECONDITIONER, "classical"),
    AGGRESSIVE_LEVELS(Kind.WHOLE, PRECONDITIONER, "classical"),

    AGGREGATION(List.of("greedy", "independent"), PRECONDITIONER, "aggregation"),
    FILTER(Kind.REAL, PRECONDITIONER, "aggregation"),
    PROLONGATION(List.of("jacobi", "minimal_energy"), PRECONDITIONER, "aggregation"),
    ENERGY_REACH(Kind.WHOLE, PROLONGATION, "minimal_energy"),
    ENERGY_STEPS(Kind.WHOLE, PROLONGATION, "minimal_energy");

    /** What a value is. */
    private enum Kind {
        REAL("a number"),
        WHOLE("a whole number"),
        TRUTH("true or false"),
        NAME("a name");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Kind kind;
    private final List<String> choices;
    /** The setting without which this one has no meaning. */
    private final Optional<Key> context;

    private final List<String> contextValues;

    Key(Kind kind, List<String> choices, Optional<Key> context, String... contextValues) {
        this.kind = kind;
        this.choices = choices;
        this.context = context;
        this.contextValues = List.of(contextValues);
    }

    Key(Kind kind) {
        this(kind, List.of(), Optional.empty());
    }

    Key(String... choices) {
        this(Kind.NAME, List.of(choices), Optional.empty());
    }

    Key(List<String> choices) {
        this(Kind.NAME, choices, Optional.empty());
    }

    Key(Kind kind, Key context, String... contextValues) {
        this(kind, List.of(), Optional.of(context), contextValues);
    }

    Key(List<String> choices, Key context, String... contextValues) {
        this(Kind.NAME, choices, Optional.of(context), contextValues);
    }

    private static List<String> smoothers() {
        return List.of(
                "gauss_seidel",
                "block_gauss_seidel",
                "l1_jacobi",
                "jacobi",
                "block_jacobi",
                "chebyshev",
                "spai0",
                "ilu0");
    }

    private static List<String> preconditioners() {
        List<String> names =
                new ArrayList<>(List.of("classical", "aggregation", "saddle_point", "companion", "direct", "none"));
        names.addAll(smoothers());
        return names;
    }

    /** As it stands in a configuration. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Key::text).toList();
    }

    /**
     * The setting of a name.
     *
     * @throws IllegalArgumentException naming the nearest one if there is none
     */
    static Key of(String name) {
        return Arrays.stream(values())
                .filter(key -> key.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no setting '" + name + "'; did you mean '" + NearestName.of(name, names()) + "'?"));
    }

    /**
     * A value in the type that belongs to this setting: Double, Integer, Boolean or String.
     *
     * @throws IllegalArgumentException if it is of another kind
     */
    Object value(Object given) {
        if (given instanceof Number number && Double.isFinite(number.doubleValue())) {
            if (kind == Kind.REAL) {
                return number.doubleValue();
            }
            if (kind == Kind.WHOLE && number.intValue() == number.doubleValue()) {
                return number.intValue();
            }
        }
        if (kind == Kind.TRUTH && given instanceof Boolean) {
            return given;
        }
        if (kind == Kind.NAME && given instanceof String name) {
            if (!choices.contains(name)) {
                throw new IllegalArgumentException("The setting '" + text() + "' cannot be '" + name
                        + "'; did you mean '" + NearestName.of(name, choices) + "'? It may be one of "
                        + String.join(", ", choices) + ".");
            }
            return name;
        }
        throw new IllegalArgumentException(
                "The setting '" + text() + "' takes " + kind.words + ", but is " + given + ".");
    }

    /**
     * Refuses this setting where it has no meaning.
     *
     * @param settings all that are set
     */
    void requireContext(Map<String, Object> settings) {
        if (context.isPresent()
                && !contextValues.contains(
                        String.valueOf(settings.get(context.get().text())))) {
            throw new IllegalArgumentException("The setting '" + text() + "' has a meaning only where '"
                    + context.get().text() + "' is " + String.join(" or ", contextValues)
                    + "; set that, or leave it out.");
        }
    }
}
