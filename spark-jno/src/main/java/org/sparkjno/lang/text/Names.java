// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Source;

/**
 * What the names in a formula mean.
 *
 * @param known expressions by their names
 * @param coordinates by which one may differentiate, by their names
 */
record Names(Map<String, Expression> known, Map<String, Expression> coordinates) {
    private static final String PI = "pi";
    private static final String TIME = "t";

    static Names of(Expression... named) {
        Map<String, Expression> coordinates = new LinkedHashMap<>();
        Map<String, Expression> known = new LinkedHashMap<>(Map.of(PI, Expression.constant(Math.PI)));
        for (Expression expression : named) {
            Parts.sources(expression).stream()
                    .filter(Source::isCoordinate)
                    .forEach(source -> put(coordinates, source.name(), Expression.variable(source)));
        }
        known.putAll(coordinates);
        for (Expression expression : named) {
            String name = expression
                    .name()
                    .orElseThrow(() -> new ExpressionException("'" + expression
                            + "' has no name by which a formula could mean it; give it one by named(\"u\")."));
            known.put(name, expression);
        }
        return new Names(known, coordinates);
    }

    private static void put(Map<String, Expression> coordinates, String name, Expression coordinate) {
        Expression before = coordinates.putIfAbsent(name, coordinate);
        if (before != null && !before.term().equals(coordinate.term())) {
            throw new ExpressionException("There are two coordinates '" + name + "', of " + before.space() + " and of "
                    + coordinate.space() + "; a formula takes expressions of one region.");
        }
    }

    /** What a name means: something known, or with a subscript a derivative of it. */
    Optional<Expression> find(String name) {
        Expression expression = known.get(name);
        if (expression != null) {
            return Optional.of(expression);
        }
        int subscript = name.lastIndexOf('_');
        if (subscript < 0 || !known.containsKey(name.substring(0, subscript))) {
            return Optional.empty();
        }
        return split(name.substring(subscript + 1))
                .map(by -> known.get(name.substring(0, subscript)).d(by.toArray(Expression[]::new)));
    }

    /** The coordinates whose names follow one another in a subscript. */
    private Optional<List<Expression>> split(String subscript) {
        if (subscript.isEmpty()) {
            return Optional.of(new ArrayList<>());
        }
        for (Map.Entry<String, Expression> coordinate : coordinates.entrySet()) {
            if (subscript.startsWith(coordinate.getKey())) {
                Optional<List<Expression>> rest =
                        split(subscript.substring(coordinate.getKey().length()));
                rest.ifPresent(list -> list.add(0, coordinate.getValue()));
                if (rest.isPresent()) {
                    return rest;
                }
            }
        }
        return Optional.empty();
    }

    /** The coordinates in space: those of points, but for t. */
    List<Expression> space() {
        return coordinates.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(TIME))
                .map(Map.Entry::getValue)
                .filter(coordinate ->
                        coordinate.space().axes().stream().noneMatch(axis -> axis.kind() == Axis.Kind.SAMPLES))
                .toList();
    }

    /** All names, in order. */
    Collection<String> all() {
        return new TreeSet<>(known.keySet());
    }
}
