// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/** Distributions of noise, of mean 0 but for {@link #UNIFORM}, and of unit scale. */
public enum Noise {
    /** The standard normal distribution. */
    GAUSSIAN,
    /** Between 0 and 1. */
    UNIFORM,
    /** With density exp(−|x|)/2. */
    LAPLACE
}
