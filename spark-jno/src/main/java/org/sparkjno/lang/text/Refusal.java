// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import org.sparkjno.lang.expression.ExpressionException;

/** What is said of a formula that cannot be read. */
final class Refusal {
    private Refusal() {}

    static ExpressionException at(String text, int column, String why) {
        return new ExpressionException(
                "Column " + column + " of '" + text + "': " + why + (why.endsWith("?") ? "" : "."));
    }
}
