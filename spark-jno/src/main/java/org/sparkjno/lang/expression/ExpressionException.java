// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/** An expression that has no meaning, or one that nobody is likely to mean; the message says what to write instead. */
public final class ExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With one sentence that names the remedy. */
    public ExpressionException(String message) {
        super(message);
    }
}
