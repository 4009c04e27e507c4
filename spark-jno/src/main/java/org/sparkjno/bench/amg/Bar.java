// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.Locale;

/**
 * What is asked of a solve.
 *
 * @param iterations most iterations
 * @param complexity most operator complexity; infinite where any will do
 */
public record Bar(int iterations, double complexity) {
    static Bar of(int iterations) {
        return new Bar(iterations, Double.POSITIVE_INFINITY);
    }

    boolean reached(int iterationsTaken, double operatorComplexity) {
        return iterationsTaken <= iterations && operatorComplexity <= complexity;
    }

    @Override
    public String toString() {
        return complexity < Double.POSITIVE_INFINITY
                ? String.format(Locale.ROOT, "%d at %.1f", iterations, complexity)
                : String.valueOf(iterations);
    }
}
