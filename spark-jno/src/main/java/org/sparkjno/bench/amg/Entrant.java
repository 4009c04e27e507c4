// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.io.IOException;

/** A library that sets up and solves the system of a race whenever it is asked to. */
interface Entrant extends AutoCloseable {
    String name();

    /** Sets up and solves once, from a zero guess. */
    Run once() throws IOException;

    @Override
    void close();
}
