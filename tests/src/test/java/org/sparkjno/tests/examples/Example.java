// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

/** A problem with a known answer. */
interface Example {
    /** What it is about. */
    String name();

    /** Steps of the full form. */
    int steps();

    /** The error that the full form stays below: relative in the Euclidean norm, unless the example says otherwise. */
    double bar();

    /**
     * Trains and compares.
     *
     * @param steps fewer than {@link #steps} in the short form
     * @return the error
     */
    double run(int steps);
}
