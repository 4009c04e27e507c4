// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One object of an AmgX configuration. What is read of it is crossed off, so that in the end only that is left which has no
 * counterpart.
 */
final class AmgxScope {
    private final String name;
    private final Map<String, Object> left;

    AmgxScope(String name, Map<?, ?> entries) {
        this.name = name;
        this.left = new HashMap<>();
        entries.forEach((key, value) -> left.put(String.valueOf(key), value));
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    /** Crosses a key off. */
    Optional<Object> take(String key) {
        return Optional.ofNullable(left.remove(key));
    }

    /** A name, in capitals. */
    Optional<String> takeName(String key) {
        return take(key).map(value -> String.valueOf(value).toUpperCase(Locale.ROOT));
    }

    /**
     * A number.
     *
     * @throws IllegalArgumentException if it is none
     */
    Optional<Double> takeNumber(String key) {
        return take(key).map(value -> {
            if (value instanceof Boolean truth) {
                return truth ? 1.0 : 0.0;
            }
            if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
                return number.doubleValue();
            }
            throw refused(key, value, "it takes a number");
        });
    }

    /** A solver that is either named, with its keys in this object, or an object itself. */
    Optional<AmgxScope> takeSolver(String key) {
        Optional<Object> value = take(key);
        if (value.isPresent() && value.get() instanceof Map<?, ?> nested) {
            return Optional.of(new AmgxScope("'" + key + "'", nested));
        }
        return value.map(solver -> {
            left.put("solver", solver);
            return this;
        });
    }

    /** Crosses keys off that have no effect where they stand. */
    void ignore(List<String> ignored, String... keys) {
        for (String key : keys) {
            if (take(key).isPresent()) {
                ignored.add(key);
            }
        }
    }

    /**
     * Ends the reading: what is left has no effect or no counterpart.
     *
     * @param ignored takes the names of those without effect
     */
    void finish(List<String> ignored) {
        for (String key : new TreeSet<>(left.keySet())) {
            if (AmgxKeys.WITHOUT_EFFECT.contains(key)) {
                ignored.add(key);
            } else if (AmgxKeys.WITH_EFFECT.contains(key)) {
                throw refused(key, left.get(key), "it has no counterpart here beside the other keys; leave it out");
            } else {
                throw new IllegalArgumentException("AmgX has no key '" + key + "' (in " + name + "); did you mean '"
                        + AmgxKeys.nearest(key) + "'?");
            }
        }
    }

    /** A refusal of one key. */
    IllegalArgumentException refused(String key, Object value, String reason) {
        return new IllegalArgumentException(
                "The AmgX key '" + key + "' in " + name + " cannot be " + value + ": " + reason + ".");
    }

    @Override
    public String toString() {
        return name;
    }
}
