// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;

/** Something that can repeat one piece of work and say how long each repetition took. */
interface Contestant extends AutoCloseable {
    String name();

    /**
     * Repeats the work.
     *
     * @return after each repetition the root mean square of what it yielded, which contestants must agree on; for a
     *     training step that is the loss
     */
    double[] observe(int times) throws IOException;

    /**
     * Repeats the work.
     *
     * @return milliseconds of each repetition
     */
    double[] repeat(int times) throws IOException;

    @Override
    void close();
}
