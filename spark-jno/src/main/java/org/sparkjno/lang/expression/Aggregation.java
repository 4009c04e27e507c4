// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/** Ways to combine the values along axes into one. */
public enum Aggregation {
    SUM,
    MEAN,
    MAX,
    MIN,
    /** The middle one in increasing order, or the mean of the two in the middle. */
    MEDIAN
}
