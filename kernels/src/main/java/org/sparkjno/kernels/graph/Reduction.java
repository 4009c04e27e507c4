// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/** How a {@link Op.Reduce} combines elements. */
public enum Reduction {
    SUM("sum", 0),
    MAX("max", Double.NEGATIVE_INFINITY),
    MIN("min", Double.POSITIVE_INFINITY);

    private final String text;
    private final double identity;

    Reduction(String text, double identity) {
        this.text = text;
        this.identity = identity;
    }

    /** Spelling in printed graphs. */
    public String text() {
        return text;
    }

    /** Result over no elements. */
    public double identity() {
        return identity;
    }

    /** Combines two numbers; NaN wins. */
    public double combine(double a, double b) {
        return switch (this) {
            case SUM -> a + b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }
}
