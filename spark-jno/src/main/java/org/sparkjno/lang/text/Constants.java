// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sparkjno.amg.configuration.NearestName;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Term;

/**
 * Named numbers from a file, as expressions of their names. A name of a nested JSON object is dotted: {@code fluid.viscosity}. A
 * value is a number, an array of numbers of any depth, or text of a number and its unit, as {@code "1.5 m/s"}. Immutable.
 */
public final class Constants {
    private static final Pattern QUANTITY =
            Pattern.compile("\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*(.*?)\\s*");

    private final String origin;
    private final Map<String, Expression> known;

    private Constants(String origin, Map<String, Expression> known) {
        this.origin = origin;
        this.known = Collections.unmodifiableMap(known);
    }

    /**
     * Reads a JSON object ({@code .json}) or Java properties ({@code .properties}).
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it holds something else, naming the place
     */
    public static Constants read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String content = Files.readString(file);
        Map<String, Expression> known = new TreeMap<>();
        if (name.endsWith(".json")) {
            collect(file, "", tree(file, content), known);
        } else if (name.endsWith(".properties")) {
            Properties properties = new Properties();
            properties.load(new StringReader(content));
            properties
                    .stringPropertyNames()
                    .forEach(key -> put(known, key, quantity(file, key, properties.getProperty(key))));
        } else {
            throw new IllegalArgumentException(
                    "Constants are read from .json and .properties files, not from " + file + ".");
        }
        return new Constants(file.toString(), known);
    }

    private static JsonNode tree(Path file, String content) throws IOException {
        try {
            JsonNode root = new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(content);
            if (!root.isObject()) {
                throw new IllegalArgumentException(file + " holds no JSON object of names and numbers.");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ", line "
                            + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": "
                            + e.getOriginalMessage() + ".",
                    e);
        }
    }

    private static void collect(Path file, String name, JsonNode node, Map<String, Expression> known) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            file,
                            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                            entry.getValue(),
                            known));
        } else {
            put(known, name, node.isTextual() ? quantity(file, name, node.textValue()) : numbers(file, name, node));
        }
    }

    private static void put(Map<String, Expression> known, String name, Expression value) {
        known.put(name, value.named(name));
    }

    private static Expression numbers(Path file, String name, JsonNode node) {
        if (node.isNumber()) {
            return Expression.constant(node.doubleValue());
        }
        if (!node.isArray() || node.isEmpty()) {
            throw new IllegalArgumentException(file + ": '" + name
                    + "' is neither a number, nor an array of numbers, nor text such as \"1.5 m/s\", but " + node
                    + ".");
        }
        Expression[] entries = IntStream.range(0, node.size())
                .mapToObj(i -> numbers(file, name + "[" + i + "]", node.get(i)))
                .toArray(Expression[]::new);
        return Expression.vector(entries);
    }

    private static Expression quantity(Path file, String name, String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    file + ": '" + name + "' is neither a number nor a number with a unit, but '" + text + "'.");
        }
        Expression number = Expression.constant(Double.parseDouble(matcher.group(1)));
        try {
            return matcher.group(2).isEmpty() ? number : number.unit(matcher.group(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": '" + name + "': " + e.getMessage(), e);
        }
    }

    /**
     * A constant by its name.
     *
     * @throws IllegalArgumentException when there is none, with the nearest name
     */
    public Expression get(String name) {
        Expression found = known.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    known.isEmpty()
                            ? origin + " holds no constants."
                            : "There is no '" + name + "' in " + origin + "; did you mean '"
                                    + NearestName.of(name, known.keySet()) + "'?");
        }
        return found;
    }

    /**
     * The number of a constant, in its unit.
     *
     * @throws IllegalArgumentException when there is none of this name, or when it is a vector
     */
    public double number(String name) {
        Expression constant = get(name).plain();
        if (!constant.space().components().equals(Shape.SCALAR)) {
            throw new IllegalArgumentException("'" + name + "' in " + origin + " has the shape "
                    + constant.space().components() + " and is no single number; use get.");
        }
        return ((Term.Constant) constant.term()).value();
    }

    /** All names, in order. */
    public Collection<String> names() {
        return known.keySet();
    }

    /** All constants, to be known to a text residual. */
    public Expression[] all() {
        return known.values().toArray(Expression[]::new);
    }
}
