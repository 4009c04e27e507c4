// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

/** A compiled graph with its memory: one call runs it once. */
public interface Invocation extends AutoCloseable {
    void run();

    @Override
    void close();
}
