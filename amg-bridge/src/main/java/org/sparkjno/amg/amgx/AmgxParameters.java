// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A configuration in AmgX's own keys, in the canonical form that is handed to AmgX: nested, keys sorted. Always set are
 * {@code monitor_residual} and {@code store_res_history}, without which AmgX reports success blindly. AmgX itself refuses keys
 * that it does not know.
 *
 * <p>When the outer solver stops is not AmgX's to decide: {@code tolerance} is relative to the right-hand side,
 * ‖b − Ax‖₂ ≤ tolerance ‖b‖₂, whatever the initial guess, and {@code max_iters} its limit of iterations.
 *
 * @param text JSON
 * @param tolerance of the outer solver
 */
public record AmgxParameters(String text, double tolerance) {
    private static final double USUAL_TOLERANCE = 1e-8;
    private static final int USUAL_ITERATIONS = 300;
    /** Norms of initial residuals that AmgX compares with, all of them that of b for a zero guess. */
    private static final Set<String> RELATIVE = Set.of("RELATIVE_INI", "RELATIVE_INI_CORE");

    private static final Map<String, Object> CLASSICAL = Map.ofEntries(
            Map.entry("solver", "AMG"),
            Map.entry("algorithm", "CLASSICAL"),
            Map.entry("selector", "PMIS"),
            Map.entry("interpolator", "D2"),
            Map.entry("interp_max_elements", 4),
            Map.entry("strength_threshold", 0.25),
            Map.entry("max_row_sum", 0.9),
            Map.entry("smoother", Map.of("solver", "JACOBI_L1")),
            Map.entry("presweeps", 1),
            Map.entry("postsweeps", 1),
            Map.entry("cycle", "V"),
            Map.entry("max_iters", 1));

    /**
     * Reads a configuration, flat as {@code {"solver": "PCG", "tolerance": 1e-8, "preconditioner": {...}}} or nested as in
     * AmgX's own files, {@code {"config_version": 2, "solver": {...}}}.
     *
     * @param settings texts, numbers and maps of them
     * @throws IllegalArgumentException if a value is of another type, or a key would end the process or change when the solver
     *     stops; one sentence names the key
     */
    public static AmgxParameters of(Map<String, ?> settings) {
        Map<String, Object> all = checked(settings, "");
        boolean nested = all.get("solver") instanceof Map;
        if (!nested && !(all.get("solver") instanceof String)) {
            throw new IllegalArgumentException("A configuration of AmgX needs the key solver, a name such as PCG or a"
                    + " section with that key.");
        }
        Map<String, Object> outer = nested ? checked((Map<?, ?>) all.get("solver"), "solver") : all;
        Object convergence = outer.getOrDefault("convergence", "RELATIVE_INI");
        if (!(convergence instanceof String name && RELATIVE.contains(name))) {
            throw new IllegalArgumentException("The outer solver stops at ‖b − Ax‖ ≤ tolerance ‖b‖, but convergence is "
                    + convergence + "; leave it out or say RELATIVE_INI.");
        }
        double tolerance = tolerance(outer.getOrDefault("tolerance", USUAL_TOLERANCE));
        outer.putIfAbsent("max_iters", USUAL_ITERATIONS);
        // Right-hand sides arrive with length one.
        outer.put("convergence", "ABSOLUTE");
        outer.put("norm", "L2");
        outer.put("tolerance", tolerance);
        outer.put("monitor_residual", 1);
        outer.put("store_res_history", 1);
        Map<String, Object> root = nested ? all : new TreeMap<>();
        root.put("config_version", 2);
        root.put("solver", outer);
        StringBuilder text = new StringBuilder();
        write(root, text);
        return new AmgxParameters(text.toString(), tolerance);
    }

    /** BiCGStab with one V(1,1) cycle of classical multigrid, for matrices of all kinds, to 1e-8. */
    public static AmgxParameters standard() {
        return of(Map.of("solver", "PBICGSTAB", "preconditioner", CLASSICAL));
    }

    /** Conjugate gradients with one V(1,1) cycle of classical multigrid, for symmetric positive definite matrices, to 1e-8. */
    public static AmgxParameters symmetric() {
        return of(Map.of("solver", "PCG", "preconditioner", CLASSICAL));
    }

    private static double tolerance(Object value) {
        if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() < 1) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("The tolerance must lie between 0 and 1, but is " + value + ".");
    }

    /** A copy with keys in order. AmgX passes over values of other types in silence, so they are refused here. */
    private static Map<String, Object> checked(Map<?, ?> settings, String where) {
        Map<String, Object> result = new TreeMap<>();
        settings.forEach((name, value) -> {
            String key = where.isEmpty() ? String.valueOf(name) : where + "." + name;
            if (name.equals("exception_handling")) {
                throw new IllegalArgumentException(
                        "With " + key + " AmgX ends the process on an error; leave it out, errors are thrown.");
            }
            if (value instanceof Map<?, ?> section) {
                result.put(String.valueOf(name), checked(section, key));
            } else if (value instanceof String || isFinite(value)) {
                result.put(String.valueOf(name), value);
            } else {
                throw new IllegalArgumentException(
                        "The value of " + key + " must be a text, a finite number or a section," + " but is " + value
                                + (value instanceof Boolean ? "; AmgX says 1 and 0." : "."));
            }
        });
        return result;
    }

    private static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private static void write(Map<?, ?> section, StringBuilder text) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : section.entrySet()) {
            text.append(separator);
            write(String.valueOf(entry.getKey()), text);
            text.append(": ");
            if (entry.getValue() instanceof Map<?, ?> inner) {
                write(inner, text);
            } else if (entry.getValue() instanceof String value) {
                write(value, text);
            } else {
                // Whole numbers stay whole: AmgX tells them from others.
                text.append(entry.getValue());
            }
            separator = ", ";
        }
        text.append(section.isEmpty() ? "{}" : "}");
    }

    private static void write(String value, StringBuilder text) {
        text.append('"');
        value.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\') {
                throw new IllegalArgumentException(
                        "The text " + value + " has a character that AmgX's names never have.");
            }
            text.append((char) c);
        });
        text.append('"');
    }

    @Override
    public String toString() {
        return text;
    }
}
