// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Settings as JSON in one spelling only, so that equal settings are equal texts. */
final class CanonicalText {
    private CanonicalText() {}

    /** @param settings numbers, truth values and names without characters that JSON escapes */
    static String of(SortedMap<String, Object> settings) {
        return settings.entrySet().stream().map(CanonicalText::entry).collect(Collectors.joining(",", "{", "}"));
    }

    private static String entry(Map.Entry<String, Object> setting) {
        Object value = setting.getValue();
        return '"' + setting.getKey() + "\":" + (value instanceof String ? "\"" + value + '"' : value);
    }
}
