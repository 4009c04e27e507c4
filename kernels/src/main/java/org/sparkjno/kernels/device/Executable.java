// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.util.List;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.graph.Graph;

/** A compiled graph. Several invocations may be bound; one device runs one at a time. */
public interface Executable extends AutoCloseable {
    /** The graph as it was given. */
    Graph graph();

    /**
     * Fixes the memory that runs read and write.
     *
     * @param inputs one buffer per input of the graph, of its type
     * @param outputs one buffer per output, of its type; for an output computed in place the buffer of its input
     * @throws IllegalArgumentException when a buffer does not fit
     */
    Invocation bind(List<Buffer> inputs, List<Buffer> outputs);

    /**
     * What was made of the graph.
     *
     * @param runs how often each kernel is timed, on memory that nobody else uses; 0 for not at all
     */
    Explanation explain(int runs);

    @Override
    void close();
}
