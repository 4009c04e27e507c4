// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What happens to the parameters of a model that a pattern names.
 *
 * @param pattern of names relative to the model, where {@code *} stands for anything
 * @param treatment what happens to them
 */
public record Rule(String pattern, Treatment treatment) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether a parameter is meant. */
    boolean matches(String parameter) {
        return regex(pattern).matcher(parameter).matches();
    }

    /** What a pattern with stars stands for. */
    static Pattern regex(String pattern) {
        return Pattern.compile(
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
