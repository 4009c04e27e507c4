// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things that are closed together, last first. */
public final class Scope implements AutoCloseable {
    private final Deque<Resource> resources = new ArrayDeque<>();

    /** Something whose closing throws nothing checked. */
    @FunctionalInterface
    public interface Resource extends AutoCloseable {
        @Override
        void close();
    }

    /** Has a resource closed with this scope. */
    public void own(Resource closing) {
        resources.push(closing);
    }

    @Override
    public void close() {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }
}
