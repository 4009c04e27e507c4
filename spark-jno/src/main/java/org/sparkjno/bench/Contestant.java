// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

/** Something that can repeat one piece of work and say how long each repetition took. */
interface Contestant extends AutoCloseable {
    String name();

    /**
     * Repeats the work.
     *
     * @return milliseconds of each repetition
     */
    double[] repeat(int times) throws java.io.IOException;

    @Override
    void close();
}
