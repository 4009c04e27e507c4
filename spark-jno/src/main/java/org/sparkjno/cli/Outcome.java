// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command found out.
 *
 * @param fields further entries of the JSON object, such as {@code metrics}
 * @param text the same for people
 * @param success whether the command did what it was asked
 */
record Outcome(Map<String, Object> fields, String text, boolean success) {
    /** An outcome whose only entry is {@code metrics}. */
    static Outcome of(Map<String, Object> metrics, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metrics", metrics);
        return new Outcome(fields, text, true);
    }
}
